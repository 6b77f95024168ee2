using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Resale;

/// <summary>Why nothing of a supplier is sold on at present. Stored by name.</summary>
public enum SupplyHalt
{
    /// <summary>Its plan doesn't include it.</summary>
    Plan,
    /// <summary>Its people have paused their shop.</summary>
    Paused,
    /// <summary>The platform has shut it.</summary>
    Shut,
}

/// <summary>Stops all that a supplier offers at once, and lets it go on. What is reserved is still paid and delivered. Whoever calls decides by what the platform's register says.</summary>
public interface ISupplyHalts
{
    /// <summary>Why the supplier supplies nothing; null when it does.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<SupplyHalt?> FindAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Sets it. Shops that sell its goods are told when they can't be ordered any more, and when they can again nothing asks them any longer. The same again does nothing.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="why">Why it stops; null when it goes on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was another before.</returns>
    Task<bool> SetAsync(TenantScope scope, SupplyHalt? why, CancellationToken cancellationToken = default);
}

/// <summary>Knows from elsewhere whether a supplier may supply. Registered by whoever keeps such a register; without one every supplier may.</summary>
public interface ISupplyGate
{
    /// <summary>Brings <see cref="ISupplyHalts"/> of the present tenant up to date. Asked before something is offered, so that nothing has to be written for suppliers that offer nothing.</summary>
    Task FollowAsync();
}

/// <inheritdoc />
internal sealed class SupplyHalts(ICommerceDatabase database, SupplyNotices notices, TimeProvider clock) : ISupplyHalts
{
    private const string Find = "select why from resale_halt where tenant = @tenant";

    private const string Set = "insert into resale_halt (tenant, why, since) values (@tenant, @why, @now) on conflict (tenant) do update set why = excluded.why";

    private const string Clear = "delete from resale_halt where tenant = @tenant";

    public Task<SupplyHalt?> FindAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(scope, FindAsync, cancellationToken);

    public async Task<bool> SetAsync(TenantScope scope, SupplyHalt? why, CancellationToken cancellationToken = default)
    {
        // nearly always: nothing has changed
        if (await FindAsync(scope, cancellationToken).ConfigureAwait(false) == why)
            return false;
        return await database.WriteAsync(scope, async c =>
        {
            var was = await FindAsync(c).ConfigureAwait(false);
            if (was == why)
                return false;
            if (why is null)
                await c.ExecuteAsync(Clear).ConfigureAwait(false);
            else
                await c.ExecuteAsync(Set, new { why, now = clock.GetUtcNow() }).ConfigureAwait(false);
            if (was is null != why is null)
                await notices.SuppliesAsync(c, why is null).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same within a write.</summary>
    internal static async Task<SupplyHalt?> FindAsync(ICommerceConnection supplier) =>
        await supplier.QuerySingleOrDefaultAsync<string>(Find).ConfigureAwait(false) is { } why ? Enum.Parse<SupplyHalt>(why) : null;
}
