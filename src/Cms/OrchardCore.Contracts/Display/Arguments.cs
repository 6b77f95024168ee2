using System.Collections.Concurrent;
using System.Reflection;

namespace OrchardCore.DisplayManagement;

/// <summary>Arguments by place and by name.</summary>
public interface INamedEnumerable<T> : IEnumerable<T>
{
    /// <summary>Arguments without a name.</summary>
    IList<T> Positional { get; }

    /// <summary>Arguments with a name.</summary>
    IDictionary<string, T> Named { get; }
}

/// <summary>Makes shape arguments.</summary>
public static class Arguments
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> _properties = new();

    /// <summary>Named arguments from the public properties of an object.</summary>
    public static INamedEnumerable<object> From(object propertyObject)
    {
        ArgumentNullException.ThrowIfNull(propertyObject);
        var properties = _properties.GetOrAdd(propertyObject.GetType(), static type => type.GetProperties());
        var named = new Dictionary<string, object>(properties.Length);
        foreach (var property in properties)
            named[property.Name] = property.GetValue(propertyObject)!;

        return new NamedArguments([], named);
    }

    /// <summary>Named arguments from a dictionary.</summary>
    public static INamedEnumerable<object> From(IDictionary<string, object> dictionary) => new NamedArguments([], dictionary);

    /// <summary>Arguments of which the last ones have the given names.</summary>
    public static INamedEnumerable<object> From(IEnumerable<object> arguments, IEnumerable<string> names)
    {
        var values = arguments.ToList();
        var named = names.ToList();
        var first = values.Count - named.Count;
        return new NamedArguments(values[..first], named.Select((name, i) => (name, value: values[first + i])).ToDictionary(pair => pair.name, pair => pair.value));
    }

    private sealed class NamedArguments(IList<object> positional, IDictionary<string, object> named) : INamedEnumerable<object>
    {
        public IList<object> Positional => positional;

        public IDictionary<string, object> Named => named;

        public IEnumerator<object> GetEnumerator() => positional.Concat(named.Values).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
