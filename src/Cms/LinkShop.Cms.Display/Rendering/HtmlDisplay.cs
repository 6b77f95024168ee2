using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Html;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.DisplayManagement.Zones;
using LinkShop.Cms.Display.Shapes;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>Renders a shape: finds the strongest template of the theme, runs it, then its wrappers.</summary>
internal sealed class HtmlDisplay(
    ShapeTables tables,
    IThemeManager themes,
    TemplateRenderer renderer,
    IEnumerable<IShapeDisplayEvents> events,
    IServiceProvider services) : IDisplayHelper
{
    private static readonly Task<IHtmlContent> _nothing = Task.FromResult<IHtmlContent>(HtmlString.Empty);
    private readonly IShapeDisplayEvents[] _events = [.. events];
    private ShapeTable? _table;
    private string? _tableTheme;

    public Task<IHtmlContent> ShapeExecuteAsync(IShape? shape) =>
        shape is null or ZoneOnDemand || string.IsNullOrEmpty(shape.Metadata.Type) ? _nothing : RenderAsync(shape);

    private async Task<IHtmlContent> RenderAsync(IShape shape)
    {
        var table = await GetTableAsync();
        var metadata = shape.Metadata;
        var descriptor = table.FindDescriptor(metadata.Type);
        var context = new ShapeDisplayContext
        {
            Shape = shape,
            ServiceProvider = services,
            DisplayContext = new DisplayContext { DisplayHelper = this, ServiceProvider = services, Value = shape, HtmlFieldPrefix = metadata.Prefix },
        };

        try
        {
            await AnnounceAsync(context, descriptor);
            context.ChildContent = metadata.ChildContent;
            if (context.ChildContent is null)
            {
                await PrepareAsync(context, descriptor);
                context.ChildContent = await RunAsync(table, context, Find(table, shape)
                    ?? throw new InvalidOperationException($"No template renders the shape '{metadata.Type}' in the theme '{_tableTheme}'."));
            }

            await WrapAsync(table, context, descriptor);
            await ConcludeAsync(context, descriptor);
            return context.ChildContent ?? HtmlString.Empty;
        }
        finally
        {
            foreach (var listener in _events)
                await listener.DisplayingFinalizedAsync(context);
        }
    }

    private async Task AnnounceAsync(ShapeDisplayContext context, ShapeDescriptor? descriptor)
    {
        foreach (var listener in _events)
            await listener.DisplayingAsync(context);

        if (descriptor is not null)
        {
            foreach (var displaying in descriptor.DisplayingAsync)
                await displaying(context);
        }

        if (context.Shape.Metadata.Displaying is { } actions)
        {
            foreach (var displaying in actions)
                displaying(context);
        }
    }

    private static async Task PrepareAsync(ShapeDisplayContext context, ShapeDescriptor? descriptor)
    {
        if (descriptor is not null)
        {
            foreach (var processing in descriptor.ProcessingAsync)
                await processing(context);
        }

        if (context.Shape.Metadata.ProcessingOrNull is { } actions)
        {
            foreach (var processing in actions)
                await processing(context.Shape);
        }
    }

    private async Task WrapAsync(ShapeTable table, ShapeDisplayContext context, ShapeDescriptor? descriptor)
    {
        var metadata = context.Shape.Metadata;
        if (descriptor is { Wrappers.Count: > 0 })
            metadata.Wrappers.AddRange(descriptor.Wrappers);

        if (metadata.WrappersOrNull is not { Count: > 0 } wrappers)
            return;

        foreach (var wrapper in wrappers)
        {
            if (!table.Bindings.TryGetValue(wrapper, out var binding))
                continue;

            metadata.ChildContent = context.ChildContent;
            context.ChildContent = await RunAsync(table, context, binding);
        }
    }

    private async Task ConcludeAsync(ShapeDisplayContext context, ShapeDescriptor? descriptor)
    {
        foreach (var listener in _events)
            await listener.DisplayedAsync(context);

        foreach (var displayed in descriptor?.DisplayedAsync ?? [])
            await displayed(context);

        foreach (var displayed in context.Shape.Metadata.Displayed ?? [])
            displayed(context);
    }

    private static ShapeBinding? Find(ShapeTable table, IShape shape)
    {
        if (shape.Metadata.AlternatesOrNull is { Count: > 0 } alternates)
        {
            for (var i = alternates.Count - 1; i >= 0; i--)
            {
                if (table.Bindings.TryGetValue(alternates[i], out var alternate))
                    return alternate;
            }
        }

        // A type Foo__Bar falls back to Foo.
        var type = shape.Metadata.Type;
        while (true)
        {
            if (table.Bindings.TryGetValue(type, out var binding))
                return binding;

            var end = type.LastIndexOf("__", StringComparison.Ordinal);
            if (end <= 0)
                return null;

            type = type[..end];
        }
    }

    private Task<IHtmlContent> RunAsync(ShapeTable table, ShapeDisplayContext context, ShapeBinding binding) =>
        binding is TemplateBinding template
            ? renderer.RenderShapeAsync(template.View, context.Shape, context.Shape.Metadata.Prefix)
            : binding.BindingAsync(context.DisplayContext);

    private async ValueTask<ShapeTable> GetTableAsync()
    {
        // The theme of a request is settled before its first shape; asking again is for pages that change it on purpose.
        if (_table is not null)
            return _table;

        _tableTheme = (await themes.GetThemeAsync())?.Id;
        return _table = await tables.GetAsync(_tableTheme, services);
    }
}
