using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Display.Shapes;

internal sealed class LayoutAccessor(IShapeFactory factory) : ILayoutAccessor
{
    private IZoneHolding? _layout;

    public async Task<IZoneHolding> GetLayoutAsync() => _layout ??= (IZoneHolding)await factory.CreateAsync(
        "Layout",
        () => new(new ZoneHolding(() => factory.CreateAsync("Zone"))));
}
