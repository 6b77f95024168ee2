using System.Collections;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>Ordered set of template names; a later name wins over an earlier one.</summary>
public class AlternatesCollection : IEnumerable<string>
{
    /// <summary>The collection without a name. Do not add to it.</summary>
    public static readonly AlternatesCollection Empty = new();

    private List<string>? _names;

    /// <summary>Starts with the given names.</summary>
    public AlternatesCollection(params string[]? alternates)
    {
        if (alternates is { Length: > 0 })
            AddRange(alternates);
    }

    /// <summary>Number of names.</summary>
    public int Count => _names?.Count ?? 0;

    /// <summary>The strongest name.</summary>
    /// <exception cref="InvalidOperationException">The collection is empty.</exception>
    public string Last => _names is { Count: > 0 } names ? names[^1] : throw new InvalidOperationException("The collection is empty.");

    /// <summary>Name at a place, weakest first.</summary>
    public string this[int index] => (_names ?? throw new ArgumentOutOfRangeException(nameof(index)))[index];

    /// <summary>Adds a name unless it is there.</summary>
    public void Add(string alternate)
    {
        ArgumentNullException.ThrowIfNull(alternate);
        if (ReferenceEquals(this, Empty))
            throw new InvalidOperationException("The shared empty collection can't be changed.");

        _names ??= new List<string>(8);
        // Few names per shape: a scan is cheaper than a hash set.
        foreach (var name in _names)
        {
            if (string.Equals(name, alternate, StringComparison.OrdinalIgnoreCase))
                return;
        }

        _names.Add(alternate);
    }

    /// <summary>Adds the names that aren't there yet.</summary>
    public void AddRange(AlternatesCollection alternates)
    {
        ArgumentNullException.ThrowIfNull(alternates);
        for (var i = 0; i < alternates.Count; i++)
            Add(alternates[i]);
    }

    /// <summary>Adds the names that aren't there yet.</summary>
    public void AddRange(IEnumerable<string> alternates)
    {
        ArgumentNullException.ThrowIfNull(alternates);
        foreach (var alternate in alternates)
            Add(alternate);
    }

    /// <summary>Removes all names.</summary>
    public void Clear() => _names?.Clear();

    /// <summary>Whether the name is there, ignoring case.</summary>
    public bool Contains(string alternate) => _names is not null && _names.Contains(alternate, StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes a name.</summary>
    public void Remove(string alternate) => _names?.RemoveAll(name => string.Equals(name, alternate, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names, weakest first.</summary>
    public IEnumerator<string> GetEnumerator() => (_names ?? (IEnumerable<string>)[]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
