using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Display.Content;

/// <summary>Builds the shape of any model from its registered drivers; the shape type is the model's name.</summary>
internal sealed class DisplayManager<TModel>(
    IEnumerable<IDisplayDriver<TModel>> drivers,
    IShapeFactory factory,
    ILayoutAccessor layout,
    PlacementBinder placement) : IDisplayManager<TModel>
{
    // ISite is edited as Site, like the class behind it.
    private static readonly string _name = typeof(TModel) is { IsInterface: true, Name: ['I', ..] } type ? type.Name[1..] : typeof(TModel).Name;

    public async Task<IShape> BuildDisplayAsync(TModel model, IUpdateModel updater, string displayType = "", string groupId = "")
    {
        var type = string.IsNullOrEmpty(displayType) ? "Detail" : displayType;
        var shape = await CreateAsync(type == "Detail" ? _name : $"{_name}_{type}", model);
        var context = new BuildDisplayContext(shape, type, groupId, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var driver in drivers)
        {
            if (await driver.BuildDisplayAsync(model, context) is { } result)
                await result.ApplyAsync(context);
        }

        return shape;
    }

    public async Task<IShape> BuildEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "")
    {
        var shape = await CreateAsync(_name + "_Edit", model);
        var context = new BuildEditorContext(shape, groupId, isNew, htmlPrefix, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var driver in drivers)
        {
            if (await driver.BuildEditorAsync(model, context) is { } result)
                await result.ApplyAsync(context);
        }

        return shape;
    }

    public async Task<IShape> UpdateEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "")
    {
        var shape = await CreateAsync(_name + "_Edit", model);
        var context = new UpdateEditorContext(shape, groupId, isNew, htmlPrefix, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var driver in drivers)
        {
            if (await driver.UpdateEditorAsync(model, context) is { } result)
                await result.ApplyAsync(context);
        }

        return shape;
    }

    private async Task<IShape> CreateAsync(string shapeType, TModel model)
    {
        var shape = await factory.CreateAsync(shapeType, () => new(new ZoneHolding(() => factory.CreateAsync("Zone"))));
        shape.Properties["Model"] = model!;
        return shape;
    }
}
