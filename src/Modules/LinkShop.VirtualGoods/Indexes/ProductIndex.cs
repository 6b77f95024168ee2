using YesSql.Indexes;

namespace LinkShop.VirtualGoods.Indexes;

/// <summary>One row per stored version of a product: everything that lists, search and cards need, so that they load no documents.</summary>
public class ProductIndex : MapIndex
{
    public string ContentItemId { get; set; } = "";

    public bool Published { get; set; }

    public bool Latest { get; set; }

    public string CategoryId { get; set; } = "";

    public long PriceFromMinor { get; set; }

    public bool Featured { get; set; }

    public int Position { get; set; }

    public DateTime PublishedUtc { get; set; }

    /// <summary>All titles, summaries and variant names in lower case.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>What a product card shows, JSON.</summary>
    public string Card { get; set; } = "{}";
}

/// <summary>Finds the product of a variant and keeps variant ids unique.</summary>
public class SkuIndex : MapIndex
{
    public string SkuId { get; set; } = "";

    public string ContentItemId { get; set; } = "";

    public bool Published { get; set; }

    public bool Latest { get; set; }
}
