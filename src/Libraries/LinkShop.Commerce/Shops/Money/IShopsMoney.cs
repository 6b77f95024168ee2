using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Shops;

/// <summary>The money of the whole platform, its malls' and all micro-shops', by their books together: it is at the platform's providers and bank, however many shops it belongs to.</summary>
public interface IShopsMoney
{
    /// <summary>Adds up all books, in every database.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each currency that was ever used. What is being moved between databases counts once.</returns>
    Task<IReadOnlyList<ShopsMoney>> SumAsync(TenantScope platform, CancellationToken cancellationToken = default);

    /// <summary>Micro-shops that owe the platform after refunds, the highest debts first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="take">At most so many, up to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each shop and currency.</returns>
    Task<IReadOnlyList<OwingShop>> OwingAsync(TenantScope platform, int take = 50, CancellationToken cancellationToken = default);
}

/// <summary>All books in one currency.</summary>
/// <param name="Currency">Currency.</param>
/// <param name="Tenants">How many malls and shops have moved money in it.</param>
/// <param name="Accounts">Balances by purpose, all tenants and owners together; only those that were used.</param>
/// <param name="Providers">What each payment provider and bank holds for all of them.</param>
/// <param name="Difference">The sum of all balances, which is zero: every amount that is somewhere is somebody's.</param>
public sealed record ShopsMoney(string Currency, int Tenants, IReadOnlyDictionary<LedgerPurpose, Money> Accounts, IReadOnlyList<(string Provider, Money Holds)> Providers, Money Difference);

/// <summary>A shop that owes, all who earn there together.</summary>
/// <param name="Shop">Name of its tenant.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Owes">How much, above zero.</param>
public sealed record OwingShop(string Shop, string Slug, string Title, Money Owes);
