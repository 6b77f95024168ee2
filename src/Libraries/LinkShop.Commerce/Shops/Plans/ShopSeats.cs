using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>The seats of a shop's staff. The tenant of each call is the platform's.</summary>
public interface IShopSeats
{
    /// <summary>Takes a seat; one who has it keeps it. Of two who want the last one, one gets it.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="user">The account's id there.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null, or <see cref="ShopErrors.PlanFull"/>.</returns>
    Task<CommerceError?> TakeAsync(TenantScope platform, string shop, string user, CancellationToken cancellationToken = default);

    /// <summary>Whom the seats belong to.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<string>> ListAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>Gives a seat back.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="user">The account's id there.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task LeaveAsync(TenantScope platform, string shop, string user, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class ShopSeats(ICommerceDatabase database, TimeProvider clock) : IShopSeats
{
    private const string Mine = "select count(*) from shop_seat where tenant = @tenant and shop = @shop and user_id = @user";
    private const string Taken = "select count(*) from shop_seat where tenant = @tenant and shop = @shop";
    private const string Seats = "select staff from shop_plan where tenant = @tenant and code = @plan";
    private const string Take = "insert into shop_seat (tenant, shop, user_id, taken_at) values (@tenant, @shop, @user, @now)";
    private const string List = "select user_id from shop_seat where tenant = @tenant and shop = @shop order by taken_at, user_id";
    private const string Leave = "delete from shop_seat where tenant = @tenant and shop = @shop and user_id = @user";

    public async Task<CommerceError?> TakeAsync(TenantScope platform, string shop, string user, CancellationToken cancellationToken = default)
    {
        // nearly always: somebody who has one
        if (await database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<long>(Mine, new { shop, user }), cancellationToken).ConfigureAwait(false) > 0)
            return null;
        return await database.WriteAsync(platform, async c =>
        {
            if (await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is not { } found || await c.QuerySingleOrDefaultAsync<long>(Mine, new { shop, user }).ConfigureAwait(false) > 0)
                return null;
            var most = await c.QuerySingleOrDefaultAsync<long?>(Seats, new { plan = found.Plan }).ConfigureAwait(false) ?? long.MaxValue;
            if (await c.QuerySingleOrDefaultAsync<long>(Taken, new { shop }).ConfigureAwait(false) >= most)
                return new CommerceError(ShopErrors.PlanFull, $"The plan has {most} seats.", "staff");
            c.Defer(Take, new { shop, user, now = clock.GetUtcNow() });
            return null;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<string>> ListAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<string>(List, new { shop }), cancellationToken);

    public Task LeaveAsync(TenantScope platform, string shop, string user, CancellationToken cancellationToken = default) =>
        database.WriteAsync(platform, c => c.ExecuteAsync(Leave, new { shop, user }), cancellationToken);
}
