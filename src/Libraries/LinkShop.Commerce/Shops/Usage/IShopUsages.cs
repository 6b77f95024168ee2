namespace LinkShop.Commerce.Shops;

/// <summary>The report of what shops cost and bring. The tenant of each call is the platform's; the report reads the last count and asks no shop.</summary>
public interface IShopUsages
{
    /// <summary>Counts all shops when that is due: an hour after the last time at the earliest, and later the longer it takes (a thousandth of the time at most). Safe to call by several at once.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="cancellationToken">Cancels; what was stored by then is of the new count.</param>
    /// <returns>How many shops have new figures; null when it wasn't due.</returns>
    Task<int?> CountAsync(TenantScope platform, CancellationToken cancellationToken = default);

    /// <summary>A page of the report.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="query">Which page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopUsagePage> ListAsync(TenantScope platform, ShopUsageQuery query, CancellationToken cancellationToken = default);

    /// <summary>All shops together.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="currency">Of the amounts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopUsageSum> SumAsync(TenantScope platform, string currency, CancellationToken cancellationToken = default);

    /// <summary>The currencies in which something was earned, the one of most shops first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<string>> CurrenciesAsync(TenantScope platform, CancellationToken cancellationToken = default);

    /// <summary>Writes the whole report as CSV (UTF-8 with a mark, RFC 4180, amounts as decimals), page by page, by the shops' numbers.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="currency">Of the amounts.</param>
    /// <param name="text">As <see cref="ShopUsageQuery.Text"/>.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many shops were written.</returns>
    Task<long> WriteCsvAsync(TenantScope platform, string currency, string? text, Stream output, CancellationToken cancellationToken = default);
}

/// <summary>Counts requests that shops answer, in memory; a worker of each process adds them up in the database every few minutes. A process that dies loses what it hasn't added yet.</summary>
public interface IShopVisits
{
    /// <summary>One more. Costs no more than a look-up in a table.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    void Count(TenantScope platform, string shop);

    /// <summary>Adds what was counted to the database. Writes nothing when nothing was counted.</summary>
    /// <param name="cancellationToken">Cancels; what isn't added stays counted.</param>
    /// <returns>How many requests were added.</returns>
    Task<long> FlushAsync(CancellationToken cancellationToken = default);
}
