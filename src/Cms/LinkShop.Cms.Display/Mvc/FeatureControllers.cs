using System.Reflection;
using LinkShop.Cms.Shell.Blueprints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using OrchardCore.Environment.Extensions;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>The types of the enabled features; a disabled feature's controllers and components don't exist.</summary>
internal sealed class FeaturePart(BlueprintRoot blueprint) : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => "Features";

    public IEnumerable<TypeInfo> Types
    {
        get
        {
            var enabled = blueprint.Features.Select(feature => feature.Id).ToHashSet(StringComparer.Ordinal);
            return blueprint.Features
                .Select(feature => feature.Module)
                .Distinct()
                .SelectMany(module => module.Types.Where(type => IsPart(type) && enabled.Contains(module.FeatureOf(type))))
                .Select(type => type.GetTypeInfo());
        }
    }

    private static bool IsPart(Type type) =>
        type.Name.EndsWith("Controller", StringComparison.Ordinal) || type.Name.EndsWith("ViewComponent", StringComparison.Ordinal);
}

/// <summary>Gives each controller the area of its module. The host's own controllers have the area of their feature, as in Orchard.</summary>
internal sealed class AreaModelProvider(ITypeFeatureProvider features) : IApplicationModelProvider
{
    public int Order => 1000;

    public void OnProvidersExecuting(ApplicationModelProviderContext context)
    {
    }

    public void OnProvidersExecuted(ApplicationModelProviderContext context)
    {
        foreach (var controller in context.Result.Controllers)
            controller.RouteValues["area"] = FindArea(controller.ControllerType);
    }

    private string FindArea(Type type)
    {
        var feature = features.GetFeatureForDependency(type);
        return type.Assembly.GetName().Name!.StartsWith("LinkShop.Cms.", StringComparison.Ordinal) ? feature.Id : feature.Extension.Id;
    }
}
