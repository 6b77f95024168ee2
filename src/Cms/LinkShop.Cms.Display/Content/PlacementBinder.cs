using LinkShop.Cms.Display.Shapes;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Theming;

namespace LinkShop.Cms.Display.Content;

/// <summary>Lets drivers find places by the placement files of the current theme.</summary>
internal sealed class PlacementBinder(ShapeTables tables, IThemeManager themes, IServiceProvider services)
{
    public async Task BindAsync(BuildShapeContext context)
    {
        var table = await tables.GetAsync((await themes.GetThemeAsync())?.Id, services);
        context.FindPlacement = (shapeType, differentiator, displayType, current) =>
            table.FindDescriptor(shapeType)?.Placement(new ShapePlacementContext(shapeType, displayType, differentiator, current.Shape));
    }
}
