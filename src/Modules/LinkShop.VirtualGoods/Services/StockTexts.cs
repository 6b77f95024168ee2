using Microsoft.Extensions.Localization;

namespace LinkShop.VirtualGoods.Services;

/// <summary>How much is left, in words.</summary>
public sealed class StockTexts(IStringLocalizer<StockTexts> S)
{
    private const int Few = 20;

    /// <param name="left">Units; null means without limit.</param>
    public string Of(int? left) => left switch
    {
        null => S["Always available"],
        <= 0 => S["Sold out"],
        < Few => S["Only {0} left", left.Value],
        _ => S["In stock"],
    };
}
