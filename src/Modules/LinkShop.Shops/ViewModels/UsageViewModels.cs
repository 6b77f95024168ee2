using System.Globalization;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;

namespace LinkShop.Shops.ViewModels;

/// <summary>Which part of the report of shops, as in the page's address.</summary>
public sealed class UsageFilter
{
    /// <summary>Shown when nothing was earned yet.</summary>
    public const string DefaultCurrency = "CNY";

    public string? Q { get; set; }

    public ShopMeasure Sort { get; set; }

    public bool Least { get; set; }

    public string? Currency { get; set; }

    /// <summary>Figure and number of the last shop on the page before.</summary>
    public long? Value { get; set; }

    public long? After { get; set; }

    public ShopUsageQuery ToQuery(int take) =>
        new(Currency ?? DefaultCurrency, Enum.IsDefined(Sort) ? Sort : default, Least, Q, Value is { } value && After is { } number ? new ShopUsageAfter(value, number) : null, take);
}

/// <summary>The report of shops.</summary>
public sealed record UsagePage(UsageFilter Filter, IReadOnlyList<ShopUsage> Shops, ShopUsageAfter? Next, ShopUsageSum Sum, DateTimeOffset? CountedAt, IReadOnlyList<string> Currencies)
{
    private const int Drawn = 10;

    /// <summary>Whether there is something to draw: the first page, and not nothing but zeros.</summary>
    public bool HasChart => Filter.After is null && Shops.Take(Drawn).Any(s => Of(s) != 0);

    /// <summary>The first shops of the page, for the chart: names, figures, and the figures as people read them.</summary>
    public string ChartJson(CultureInfo culture) => JsonSerializer.Serialize(new
    {
        names = Shops.Take(Drawn).Select(s => s.Title), values = Shops.Take(Drawn).Select(s => Number(Of(s))), shown = Shops.Take(Drawn).Select(s => Show(Filter.Sort, Of(s), culture)),
    });

    /// <summary>A figure as people read it.</summary>
    public string Show(ShopMeasure measure, long value, CultureInfo culture) => measure switch
    {
        ShopMeasure.Earned or ShopMeasure.Turnover => new Money(value, Filter.Currency!).Format(culture),
        ShopMeasure.MediaBytes => ShopMessages.Size(value),
        _ => value.ToString("N0", culture),
    };

    private long Of(ShopUsage shop) => shop.Of(Filter.Sort);

    private decimal Number(long value) => Filter.Sort is ShopMeasure.Earned or ShopMeasure.Turnover ? new Money(value, Filter.Currency!).ToDecimal() : value;
}

/// <summary>What shops wait for.</summary>
/// <param name="Shops">Each with since when, in the platform's time.</param>
/// <param name="MayEnter">Whether the reader may go into shops.</param>
public sealed record WaitingPage(IReadOnlyList<(WaitingShop Shop, DateTimeOffset Since)> Shops, bool MayEnter);
