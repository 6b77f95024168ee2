using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Descriptors;

/// <summary>Where a shape goes: <c>[/]Zone[.Zone][:position][#Tab][@Group][%Card][|Column]</c>; <c>-</c> hides it. Parsed once; don't change it after use.</summary>
public class PlacementInfo
{
    /// <summary>Place of a hidden shape.</summary>
    public const string HiddenLocation = "-";

    /// <summary>Starts the position.</summary>
    public const char PositionDelimiter = ':';

    /// <summary>Starts the tab.</summary>
    public const char TabDelimiter = '#';

    /// <summary>Starts the group.</summary>
    public const char GroupDelimiter = '@';

    /// <summary>Starts the card.</summary>
    public const char CardDelimiter = '%';

    /// <summary>Starts the column.</summary>
    public const char ColumnDelimiter = '|';

    private static readonly System.Buffers.SearchValues<char> _delimiters = System.Buffers.SearchValues.Create(":#@%|");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string?), PlacementInfo> _fromLocation = new();

    private string[]? _zones;

    /// <summary>The place; null when only other settings are given.</summary>
    public string? Location { get; set; }

    /// <summary>Where the placement came from.</summary>
    public string? Source { get; set; }

    /// <summary>Shape type to use instead.</summary>
    public string? ShapeType { get; set; }

    /// <summary>Position when the place names none.</summary>
    public string? DefaultPosition { get; set; }

    /// <summary>Template names to add.</summary>
    public AlternatesCollection? Alternates { get; set; }

    /// <summary>Wrapper templates to add.</summary>
    public AlternatesCollection? Wrappers { get; set; }

    /// <summary>Whether the shape isn't shown. No place at all hides it too.</summary>
    public bool IsHidden() => string.IsNullOrEmpty(Location) || Location == HiddenLocation;

    /// <summary>Whether the zones are the layout's.</summary>
    public bool IsLayoutZone() => Location is ['/', ..];

    /// <summary>Zones from the outside in.</summary>
    public string[] GetZones() => _zones ??= ParseZones();

    /// <summary>Position in the zone; empty when none is given.</summary>
    public string GetPosition() => Part(PositionDelimiter) ?? DefaultPosition ?? "";

    /// <summary>Tab, if any.</summary>
    public string? GetTab() => Part(TabDelimiter);

    /// <summary>Group, if any.</summary>
    public string? GetGroup() => Part(GroupDelimiter);

    /// <summary>Card, if any.</summary>
    public string? GetCard() => Part(CardDelimiter);

    /// <summary>Column, if any.</summary>
    public string? GetColumn() => Part(ColumnDelimiter);

    internal static PlacementInfo WithDefaults(PlacementInfo? placement, string? location, string? position)
    {
        if (placement is null)
            return _fromLocation.GetOrAdd((location ?? "", position), static key => new() { Location = key.Item1, DefaultPosition = key.Item2 });

        if (placement.Location is not null && (position is null || placement.DefaultPosition is not null))
            return placement;

        return new()
        {
            Location = placement.Location ?? location,
            Source = placement.Source,
            ShapeType = placement.ShapeType,
            DefaultPosition = placement.DefaultPosition ?? position,
            Alternates = placement.Alternates,
            Wrappers = placement.Wrappers,
        };
    }

    private string[] ParseZones()
    {
        var location = (Location ?? "").AsSpan().TrimStart('/');
        var end = location.IndexOfAny(_delimiters);
        return (end < 0 ? location : location[..end]).ToString().Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private string? Part(char delimiter)
    {
        var location = Location.AsSpan();
        var start = location.IndexOf(delimiter);
        if (start < 0)
            return null;

        var rest = location[(start + 1)..];
        var end = rest.IndexOfAny(_delimiters);
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
