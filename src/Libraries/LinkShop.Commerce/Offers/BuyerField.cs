namespace LinkShop.Commerce.Offers;

/// <summary>What a buyer field accepts. The numbers are stored; never renumber.</summary>
public enum BuyerFieldKind
{
    /// <summary>Any text on one line.</summary>
    Text = 1,
    /// <summary>An e-mail address.</summary>
    Email = 2,
    /// <summary>A phone number: digits with an optional plus.</summary>
    Phone = 3,
    /// <summary>Digits only.</summary>
    Digits = 4,
    /// <summary>One of <see cref="BuyerField.Choices"/>.</summary>
    Choice = 5,
    /// <summary>Text on several lines.</summary>
    MultiLine = 6,
}

/// <summary>Something the buyer must or may tell, for example the game account to charge.</summary>
public sealed record BuyerField
{
    /// <summary>Name in requests: a letter, then letters, digits or underscores; unique within the offer.</summary>
    public required string Name { get; init; }

    /// <summary>What is accepted.</summary>
    public BuyerFieldKind Kind { get; init; } = BuyerFieldKind.Text;

    /// <summary>Whether an order without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the value is encrypted at rest and masked on the admin's screens until asked for.</summary>
    public bool Secret { get; init; }

    /// <summary>Fewest characters, counted after trimming.</summary>
    public int MinLength { get; init; }

    /// <summary>Most characters; at most 2,000.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Regular expression the whole value must match, or null. Matched in linear time (no backtracking).</summary>
    public string? Pattern { get; init; }

    /// <summary>The values a <see cref="BuyerFieldKind.Choice"/> accepts.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What to show, by culture name (<c>zh-CN</c>, <c>en</c>).</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
