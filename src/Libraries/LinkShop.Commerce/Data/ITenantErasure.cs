namespace LinkShop.Commerce.Data;

/// <summary>Removes what a tenant stored before it ever sold anything, for example when its set-up failed half-way.</summary>
public interface ITenantErasure
{
    /// <summary>Deletes the tenant's goods, keys, coupons and messages in one transaction. The key that its secrets are encrypted with stays.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True; or <see cref="CommerceErrors.Conflict"/> when there is an order or a transfer, as books are never deleted, or when others have its goods on sale.</returns>
    Task<CommerceResult<bool>> EraseAsync(TenantScope scope, CancellationToken cancellationToken = default);
}
