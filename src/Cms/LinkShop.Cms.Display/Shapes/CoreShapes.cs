using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Implementation;
using LinkShop.Cms.Display.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>Shapes that need no template.</summary>
internal sealed class CoreShapes : ShapeTableProvider
{
    public override ValueTask DiscoverAsync(ShapeTableBuilder builder)
    {
        builder.Describe("Zone").BoundAs("CoreShapes", RenderItemsAsync).OnDisplaying(context =>
        {
            if (context.Shape.GetProperty<string>("ZoneName") is { } name)
                context.Shape.Metadata.Alternates.Add("Zone__" + name);
        });
        builder.Describe("List").BoundAs("CoreShapes", RenderItemsAsync);
        return ValueTask.CompletedTask;
    }

    private static async Task<IHtmlContent> RenderItemsAsync(DisplayContext context)
    {
        var items = context.Value.Items;
        if (items.Count == 1)
            return await RenderAsync(context, items[0]);

        var buffer = context.ServiceProvider.GetRequiredService<PageState>().NewBuffer();
        foreach (var item in items)
            (await RenderAsync(context, item)).WriteTo(buffer, Html.Encoder);

        return buffer;
    }

    private static async Task<IHtmlContent> RenderAsync(DisplayContext context, IPositioned item) => item switch
    {
        IShape shape => await context.DisplayHelper.ShapeExecuteAsync(shape),
        IHtmlContent html => html,
        _ => HtmlString.Empty,
    };
}
