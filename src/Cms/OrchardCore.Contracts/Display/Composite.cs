using System.Dynamic;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>An object whose members are values by name, so that templates can read what they need.</summary>
public class Composite : DynamicObject
{
    private Dictionary<string, object>? _values;

    /// <summary>Values by name.</summary>
    public IDictionary<string, object> Properties => _values ??= [];

    internal bool HasProperties => _values is { Count: > 0 };

    /// <inheritdoc />
    public override bool TryGetMember(GetMemberBinder binder, out object? result) => TryGetMemberImpl(binder.Name, out result);

    /// <summary>Reads a value; an unknown name reads as null.</summary>
    protected virtual bool TryGetMemberImpl(string name, out object? result)
    {
        result = null;
        if (_values is not null && _values.TryGetValue(name, out var value))
            result = value;

        return true;
    }

    /// <inheritdoc />
    public override bool TrySetMember(SetMemberBinder binder, object? value) => TrySetMemberImpl(binder.Name, value);

    /// <summary>Stores a value.</summary>
    protected virtual bool TrySetMemberImpl(string name, object? value)
    {
        Properties[name] = value!;
        return true;
    }

    /// <inheritdoc />
    public override bool TryGetIndex(GetIndexBinder binder, object[] indexes, out object? result)
    {
        if (indexes is [string name])
            return TryGetMemberImpl(name, out result);

        return base.TryGetIndex(binder, indexes, out result);
    }

    /// <inheritdoc />
    public override bool TrySetIndex(SetIndexBinder binder, object[] indexes, object? value)
    {
        if (indexes is [string name])
            return TrySetMemberImpl(name, value);

        return base.TrySetIndex(binder, indexes, value);
    }
}
