using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Settlement;

/// <summary>Reads for the screens about money.</summary>
public interface IFinance
{
    /// <summary>Where all money of a tenant is.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each currency that was ever used.</returns>
    Task<IReadOnlyList<FinanceOverview>> OverviewAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>What somebody earned.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">User id; empty for the tenant's own shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each currency; empty when nothing was ever earned.</returns>
    Task<IReadOnlyList<Wallet>> WalletsAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default);

    /// <summary>All earnings that wait for their release, less what is kept back of them then, and the next of them line by line.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">User id; empty for the tenant's own shop.</param>
    /// <param name="take">At most how many lines, up to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ComingReleases> ComingAsync(TenantScope scope, string owner, int take = 100, CancellationToken cancellationToken = default);
}

/// <summary>A tenant's money in one currency. What providers and banks hold is what is owed and earned: <see cref="Unexplained"/> is zero.</summary>
/// <param name="Currency">Currency.</param>
/// <param name="Accounts">Balances by purpose, all owners together; only those that were used.</param>
/// <param name="Providers">What each payment provider and bank holds for the tenant.</param>
/// <param name="Unexplained">What providers should hold by the orders' payments, shares and payouts, less what the books say they hold. Anything but zero is a fault.</param>
public sealed record FinanceOverview(string Currency, IReadOnlyDictionary<LedgerPurpose, Money> Accounts, IReadOnlyList<(string Provider, Money Holds)> Providers, Money Unexplained);

/// <summary>Somebody's earnings in one currency.</summary>
/// <param name="Pending">Not released yet.</param>
/// <param name="Available">Can be paid out.</param>
/// <param name="Held">Part of what was released that is on its way out, or frozen by a dispute.</param>
/// <param name="Reserved">Kept back for a while.</param>
/// <param name="Debt">Owed after refunds; zero or above.</param>
public sealed record Wallet(Money Pending, Money Available, Money Held, Money Reserved, Money Debt);

/// <summary>Earnings that wait for their release.</summary>
/// <param name="Times">What becomes available in each quarter of an hour in which anything does, by its beginning, soonest first: whoever shows days adds those of a day up.</param>
/// <param name="First">The soonest lines.</param>
/// <param name="Lines">How many lines there are in all.</param>
/// <param name="KeepsBack">Whether a part of them is kept back for a while, and so isn't in the amounts.</param>
public sealed record ComingReleases(IReadOnlyList<(DateTimeOffset At, Money Amount)> Times, IReadOnlyList<ComingRelease> First, long Lines, bool KeepsBack);

/// <summary>Earnings of one line that will be released.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Line">Number of the line.</param>
/// <param name="Amount">The merchant's, less what is kept back.</param>
/// <param name="At">When.</param>
public sealed record ComingRelease(string OrderId, int Line, Money Amount, DateTimeOffset At)
{
    /// <summary>The order's number, as people read it out.</summary>
    public string Number => Ordering.OrderNumber.Of(OrderId);
}
