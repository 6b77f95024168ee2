namespace LinkShop.Commerce.Shops;

/// <summary>What a shop waits for that only the platform's people can do.</summary>
public enum ShopWait
{
    /// <summary>A payout to be approved, or to be paid by hand.</summary>
    Payout,

    /// <summary>A payee whose identity or account is to be verified.</summary>
    Payee,

    /// <summary>A buyer's refund request that is the platform's to decide.</summary>
    Refund,

    /// <summary>A promoter's appeal, which somebody else than who decided the case decides: in a shop with one owner only the platform's people can.</summary>
    Appeal,
}

/// <summary>A shop that waits.</summary>
/// <param name="Shop">Its tenant.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Title">Its name.</param>
/// <param name="What">For what.</param>
/// <param name="Count">How many of it.</param>
/// <param name="Since">The oldest.</param>
public sealed record WaitingShop(string Shop, string Slug, string Title, ShopWait What, long Count, DateTimeOffset Since);

/// <summary>What shops wait for, over all databases. Malls have people of their own and aren't in it.</summary>
public interface IShopWaiting
{
    /// <summary>The shops that wait, longest first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="take">At most how many rows, up to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<WaitingShop>> ListAsync(TenantScope platform, int take = 100, CancellationToken cancellationToken = default);
}
