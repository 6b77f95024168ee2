using System.Dynamic;
using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>A shape that has zones: the layout, or a content item.</summary>
public interface IZoneHolding : IShape
{
    /// <summary>The zones by name.</summary>
    Zones Zones { get; }
}

/// <summary>A shape that creates its zones when something is added to them.</summary>
public class ZoneHolding : Shape, IZoneHolding
{
    private readonly Func<ValueTask<IShape>> _zoneFactory;
    private Zones? _zones;

    /// <summary>Takes the factory of zone shapes.</summary>
    public ZoneHolding(Func<ValueTask<IShape>> zoneFactory) => _zoneFactory = zoneFactory;

    /// <inheritdoc />
    public Zones Zones => _zones ??= new Zones(_zoneFactory, this);

    /// <inheritdoc />
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        result = Properties.TryGetValue(binder.Name, out var value) ? value : Named(binder.Name) ?? (object)Zones[binder.Name];
        return true;
    }
}

/// <summary>The zones of a shape, by name.</summary>
public class Zones : Composite
{
    private readonly Func<ValueTask<IShape>> _zoneFactory;
    private readonly ZoneHolding _parent;

    /// <summary>Takes the factory of zone shapes and the shape that holds the zones.</summary>
    public Zones(Func<ValueTask<IShape>> zoneFactory, ZoneHolding parent)
    {
        _zoneFactory = zoneFactory;
        _parent = parent;
    }

    /// <summary>The zone of that name; an absent one comes into being when something is added.</summary>
    public IShape this[string name]
    {
        get => _parent.Properties.TryGetValue(name, out var zone) && zone is IShape shape
            ? shape
            : new ZoneOnDemand(_zoneFactory, _parent, name);
        set => _parent.Properties[name] = value;
    }

    /// <summary>Whether the zone exists and holds something.</summary>
    public bool IsNotEmpty(string name) =>
        _parent.Properties.TryGetValue(name, out var zone) && zone is IShape { Items.Count: > 0 };

    /// <inheritdoc />
    public override bool TryGetMember(GetMemberBinder binder, out object? result) => TryGetMemberImpl(binder.Name, out result);

    /// <inheritdoc />
    protected override bool TryGetMemberImpl(string name, out object? result)
    {
        result = this[name];
        return true;
    }

    /// <inheritdoc />
    protected override bool TrySetMemberImpl(string name, object? value)
    {
        if (value is IShape shape)
            this[name] = shape;

        return value is IShape;
    }
}

/// <summary>A zone that doesn't exist yet; the first addition creates it.</summary>
public class ZoneOnDemand : Shape
{
    private readonly Func<ValueTask<IShape>> _zoneFactory;
    private readonly ZoneHolding _parent;
    private readonly string _name;

    /// <summary>Takes the factory of zone shapes, the shape that holds the zones and the zone's name.</summary>
    public ZoneOnDemand(Func<ValueTask<IShape>> zoneFactory, ZoneHolding parent, string potentialZoneName)
    {
        _zoneFactory = zoneFactory;
        _parent = parent;
        _name = potentialZoneName;
    }

    /// <inheritdoc />
    public override async ValueTask<IShape> AddAsync(object? item, string? position)
    {
        if (item is null)
            return this;

        if (!_parent.Properties.TryGetValue(_name, out var existing) || existing is not IShape zone)
        {
            zone = await _zoneFactory();
            zone.Properties["Parent"] = _parent;
            zone.Properties["ZoneName"] = _name;
            zone.Metadata.Name = _name;
            _parent.Properties[_name] = zone;
        }

        return await zone.AddAsync(item, position);
    }
}
