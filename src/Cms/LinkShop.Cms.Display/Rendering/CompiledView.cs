using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.Hosting;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>A compiled template with everything that needs reflection done once for the whole process.</summary>
internal sealed class CompiledView
{
    private static readonly ConcurrentDictionary<Assembly, CompiledView[]> _byAssembly = new();

    private readonly Lazy<Func<IRazorPage>> _create;
    private readonly Lazy<Func<IModelMetadataProvider, ModelStateDictionary, ViewDataDictionary>> _createViewData;

    private CompiledView(string extensionId, RazorCompiledItem item)
    {
        ModulePath = item.Identifier;
        Path = "/Areas/" + extensionId + item.Identifier;
        Descriptor = new CompiledViewDescriptor(item) { RelativePath = Path };
        var pageType = item.Type;
        ModelType = FindModelType(pageType);
        _create = new(() => CompileFactory(pageType));
        _createViewData = new(() => CompileViewData(ModelType));
    }

    /// <summary>Path within the module: <c>/Views/ProductPart.cshtml</c>.</summary>
    public string ModulePath { get; }

    /// <summary>Path in the application: <c>/Areas/LinkShop.VirtualGoods/Views/ProductPart.cshtml</c>.</summary>
    public string Path { get; }

    public CompiledViewDescriptor Descriptor { get; }

    public Type ModelType { get; }

    public static CompiledView[] Of(Assembly assembly) => _byAssembly.GetOrAdd(assembly, static a =>
        [.. new RazorCompiledItemLoader().LoadItems(a)
            .Where(item => item.Kind is "mvc.1.0.view")
            .Select(item => new CompiledView(a.GetName().Name!, item))]);

    public IRazorPage CreatePage()
    {
        var page = _create.Value();
        page.Path = Path;
        return page;
    }

    public ViewDataDictionary CreateViewData(IModelMetadataProvider metadata, ModelStateDictionary modelState) => _createViewData.Value(metadata, modelState);

    private static Func<IRazorPage> CompileFactory(Type type) =>
        Expression.Lambda<Func<IRazorPage>>(Expression.Convert(Expression.New(type), typeof(IRazorPage))).Compile();

    private static Func<IModelMetadataProvider, ModelStateDictionary, ViewDataDictionary> CompileViewData(Type modelType)
    {
        var type = typeof(ViewDataDictionary<>).MakeGenericType(modelType);
        var constructor = type.GetConstructor([typeof(IModelMetadataProvider), typeof(ModelStateDictionary)])!;
        var metadata = Expression.Parameter(typeof(IModelMetadataProvider));
        var modelState = Expression.Parameter(typeof(ModelStateDictionary));
        return Expression.Lambda<Func<IModelMetadataProvider, ModelStateDictionary, ViewDataDictionary>>(Expression.New(constructor, metadata, modelState), metadata, modelState).Compile();
    }

    private static Type FindModelType(Type pageType)
    {
        for (var type = pageType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RazorPage<>))
                return type.GetGenericArguments()[0];
        }

        return typeof(object);
    }
}
