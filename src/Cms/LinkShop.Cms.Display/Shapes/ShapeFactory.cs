using System.Dynamic;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Theming;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>Creates shapes and runs what the theme's shape table attaches to their creation.</summary>
internal sealed class ShapeFactory(ShapeTables tables, IThemeManager themes, IServiceProvider services) : DynamicObject, IShapeFactory
{
    private ShapeTable? _table;

    public dynamic New => this;

    public async ValueTask<IShape> CreateAsync(string shapeType, Func<ValueTask<IShape>>? shapeFactory, Action<ShapeCreatingContext>? creating, Action<ShapeCreatedContext>? created)
    {
        _table ??= await tables.GetAsync((await themes.GetThemeAsync())?.Id, services);
        shapeFactory ??= static () => new(new OrchardCore.DisplayManagement.Shapes.Shape());
        if (creating is not null)
        {
            var context = new ShapeCreatingContext { ShapeFactory = this, ServiceProvider = services, ShapeType = shapeType, CreateAsync = shapeFactory };
            creating(context);
            shapeFactory = context.CreateAsync;
        }

        var shape = await shapeFactory();
        shape.Metadata.Type = shapeType;
        var descriptor = _table.FindDescriptor(shapeType);
        if (created is null && descriptor is not { CreatedAsync.Count: > 0 })
            return shape;

        var done = new ShapeCreatedContext { ShapeFactory = this, ServiceProvider = services, ShapeType = shapeType, Shape = shape };
        foreach (var action in descriptor?.CreatedAsync ?? [])
            await action(done);

        created?.Invoke(done);
        return done.Shape;
    }

    // await New.Badge(Text: "new", Color: "red")
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        result = CreateNamedAsync(binder.Name, args ?? [], binder.CallInfo.ArgumentNames).AsTask();
        return true;
    }

    private async ValueTask<IShape> CreateNamedAsync(string shapeType, object?[] args, IReadOnlyList<string> names)
    {
        var shape = await this.CreateAsync(shapeType);
        var first = args.Length - names.Count;
        for (var i = 0; i < names.Count; i++)
            shape.Properties[names[i]] = args[first + i]!;

        return shape;
    }
}
