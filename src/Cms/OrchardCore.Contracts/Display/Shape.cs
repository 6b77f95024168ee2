using System.Collections;
using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>A shape whose data is values by name.</summary>
public class Shape : Composite, IShape, IPositioned, IEnumerable<object>
{
    private List<string>? _classes;
    private Dictionary<string, string>? _attributes;
    private ShapeItems _items;

    /// <inheritdoc />
    public ShapeMetadata Metadata { get; } = new();

    /// <inheritdoc />
    public string? Id { get; set; }

    /// <inheritdoc />
    public string? TagName { get; set; }

    /// <inheritdoc />
    public IList<string> Classes => _classes ??= [];

    /// <inheritdoc />
    public IDictionary<string, string> Attributes => _attributes ??= [];

    /// <inheritdoc />
    public IReadOnlyList<IPositioned> Items => _items.Sorted();

    /// <summary>Whether there is a child.</summary>
    public bool HasItems => _items.Any;

    /// <inheritdoc />
    public string? Position { get => Metadata.Position; set => Metadata.Position = value; }

    /// <inheritdoc />
    public virtual ValueTask<IShape> AddAsync(object? item, string? position)
    {
        _items.Add(item, position);
        return new(this);
    }

    /// <summary>Removes the child of that name.</summary>
    public void Remove(string shapeName) => _items.Remove(shapeName);

    /// <summary>The child of that name, if any.</summary>
    public IShape? Named(string shapeName) => _items.Find(shapeName, static name => name);

    /// <summary>The child whose name equals the given one when dots and dashes count as <c>__</c>.</summary>
    public IShape? NormalizedNamed(string shapeName) => _items.Find(shapeName, static name => name?.Replace("__", "-"));

    /// <summary>Children, sorted by position.</summary>
    public IEnumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<object> IEnumerable<object>.GetEnumerator() => Items.GetEnumerator();

    /// <inheritdoc />
    protected override bool TryGetMemberImpl(string name, out object? result)
    {
        if (Properties.TryGetValue(name, out var value))
        {
            result = value;
            return true;
        }

        result = name is "Items" ? Items : Named(name);
        return true;
    }
}

/// <summary>Children of a shape; sorts only when read after a change.</summary>
internal struct ShapeItems
{
    private List<IPositioned>? _items;
    private bool _sorted;

    public readonly bool Any => _items is { Count: > 0 };

    public void Add(object? item, string? position)
    {
        var positioned = item switch
        {
            null => null,
            IPositioned p => p,
            IHtmlContent html => new PositionedContent(html, null),
            _ => new PositionedContent(null, item.ToString()),
        };
        if (positioned is null)
            return;

        if (!string.IsNullOrEmpty(position))
            positioned.Position = position;

        (_items ??= []).Add(positioned);
        _sorted = false;
    }

    public IReadOnlyList<IPositioned> Sorted()
    {
        if (_items is null)
            return [];

        if (!_sorted)
        {
            Sort(_items);
            _sorted = true;
        }

        return _items;
    }

    public readonly void Remove(string name) => _items?.RemoveAll(item => item is IShape shape && shape.Metadata.Name == name);

    public readonly IShape? Find(string name, Func<string?, string?> normalize)
    {
        if (_items is null)
            return null;

        foreach (var item in _items)
        {
            if (item is IShape shape && normalize(shape.Metadata.Name) == name)
                return shape;
        }

        return null;
    }

    // An insertion sort keeps equal positions in the order of addition; shapes have few children.
    private static void Sort(List<IPositioned> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            var item = items[i];
            var j = i - 1;
            while (j >= 0 && Zones.FlatPositionComparer.Instance.Compare(items[j], item) > 0)
            {
                items[j + 1] = items[j];
                j--;
            }

            items[j + 1] = item;
        }
    }
}
