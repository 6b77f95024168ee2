namespace LinkShop.Commerce.Shops;

/// <summary>The register of a platform's micro-shops. The tenant of each call is the platform's; nothing here costs more with more shops.</summary>
public interface IShops
{
    /// <summary>Whether an address can be had by somebody; null when it can, else why not.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="slug">The address.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceError?> CheckSlugAsync(TenantScope platform, string? slug, CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims an address for a shop that is now being opened. The same owner's same claim, when whoever was opening it has gone, is the same shop: an interrupted opening is repeated.
    /// Ends by <see cref="OpenedAsync"/> or <see cref="AbandonAsync"/>.
    /// </summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="claim">What is wanted.</param>
    /// <param name="maxPerOwner">How many shops that aren't closed one owner may have.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The shop in <see cref="ShopState.Opening"/>, or why not.</returns>
    Task<CommerceResult<ShopInfo>> ClaimAsync(TenantScope platform, ShopClaim claim, int maxPerOwner = int.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>The shop is set up and sells from now on.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="actor">Who opened it, when that isn't its owner.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopInfo>> OpenedAsync(TenantScope platform, string shop, string? actor = null, CancellationToken cancellationToken = default);

    /// <summary>The set-up failed: nothing of the shop stays, and its address is free. Does nothing to a shop that was opened.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was removed.</returns>
    Task<bool> AbandonAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>A shop by its tenant; null when there is none.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopInfo?> FindAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>What shops are called, several at once.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shops">Tenants or present addresses.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Those that are in the register, by title.</returns>
    Task<IReadOnlyList<ShopName>> NamesAsync(TenantScope platform, IReadOnlyCollection<string> shops, CancellationToken cancellationToken = default);

    /// <summary>Shops, newest first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopPage> SearchAsync(TenantScope platform, ShopQuery query, CancellationToken cancellationToken = default);

    /// <summary>What was done with a shop, newest first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ShopLogEntry>> LogAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>The shop at a place: the one that has, or had and still keeps, the address, or that has proven the domain. Null when there is none.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="place">The place.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopInfo?> AtAsync(TenantScope platform, ShopPlace place, CancellationToken cancellationToken = default);

    /// <summary>Writes down that somebody of the platform went into a shop.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="actor">Who.</param>
    /// <param name="what">A code, see <see cref="ShopLogEntry.What"/>.</param>
    /// <param name="note">More about it, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task RecordAsync(TenantScope platform, string shop, string actor, string what, string? note, CancellationToken cancellationToken = default);

    /// <summary>The present address of the shop that had an address before; null when none had it, or somebody has it now.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="slug">The former address, exactly.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<string?> FollowAsync(TenantScope platform, string slug, CancellationToken cancellationToken = default);

    /// <summary>Gives a shop another address. The one it had leads to the new one, and nobody else gets it for <see cref="ShopSlugs.KeptAfterLeaving"/>.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="slug">The new address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopInfo>> RenameAsync(TenantScope platform, string shop, string slug, string actor, CancellationToken cancellationToken = default);

    /// <summary>Gives a shop another name.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="title">The new name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="tellShop">False for the shop itself, which stores it in its own settings.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopInfo>> RetitleAsync(TenantScope platform, string shop, string title, string actor, bool tellShop = true, CancellationToken cancellationToken = default);

    /// <summary>Moves a shop to another state. A suspension and a closing need a reason.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="to">The state.</param>
    /// <param name="reason">What its visitors are told, or null.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="byOwner">True for someone of the shop, who can only pause it and end the pause.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopInfo>> MoveAsync(TenantScope platform, string shop, ShopState to, string? reason, string actor, bool byOwner = false, CancellationToken cancellationToken = default);

    /// <summary>Gives a shop to another account.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="owner">The new owner.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopInfo>> TransferAsync(TenantScope platform, string shop, ShopOwner owner, string actor, CancellationToken cancellationToken = default);

    /// <summary>Takes over the name and address of an account that owns shops: what the register keeps of it is a copy. The shops are told.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="owner">The account as it is now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The shops for which that was new.</returns>
    Task<IReadOnlyList<string>> FollowOwnerAsync(TenantScope platform, ShopOwner owner, CancellationToken cancellationToken = default);

    /// <summary>Gives a shop another look on the platform's behalf: written into its record, and told to the shop and its owner by <see cref="ShopEvents.Look"/>.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="preset">The look's code.</param>
    /// <param name="keepColours">Whether the owner's own colours and font stay.</param>
    /// <param name="reason">Why, for the owner.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was told, to be carried out at once.</returns>
    Task<CommerceResult<ShopLook>> RelookAsync(TenantScope platform, string shop, string preset, bool keepColours, string? reason, string actor, CancellationToken cancellationToken = default);
}
