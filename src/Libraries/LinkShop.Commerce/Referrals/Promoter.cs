namespace LinkShop.Commerce.Referrals;

/// <summary>State of a promoter.</summary>
public enum PromoterState
{
    /// <summary>Earns.</summary>
    Active,
    /// <summary>Looked at: nothing new is attributed, and what is pending isn't released.</summary>
    Frozen,
    /// <summary>Switched off by staff: as frozen, until it is switched on again.</summary>
    Killed,
    /// <summary>Has left: earns nothing new, keeps what was earned, and who they brought stays as it was.</summary>
    Left,
}

/// <summary>Somebody who shares links in a tenant.</summary>
/// <param name="Id">User id; the same id owns the ledger accounts.</param>
/// <param name="Name">Name shown to others on the leaderboard, 1 to 60 characters.</param>
/// <param name="State">State.</param>
/// <param name="Tier">Tier by own verified retail sales; empty for none.</param>
/// <param name="Listed">Whether shown on leaderboards.</param>
/// <param name="JoinedAt">Since when; never changes.</param>
/// <param name="BroughtBy">Who brought them when they joined, or null; never changes.</param>
/// <param name="Reason">Why switched off, as staff wrote it; of who is frozen the case, by its id; null otherwise.</param>
public sealed record Promoter(string Id, string Name, PromoterState State, string Tier, bool Listed, DateTimeOffset JoinedAt, string? BroughtBy, string? Reason);

/// <summary>A wish to be a promoter. There is no field for a payment: joining is free.</summary>
public sealed record PromoterJoin
{
    /// <summary>User id.</summary>
    public required string UserId { get; init; }

    /// <summary>Name shown to others.</summary>
    public required string Name { get; init; }

    /// <summary>The person said to be of age.</summary>
    public required bool ConfirmsAdult { get; init; }

    /// <summary>Version of the promoter terms that was agreed to, 1 or more.</summary>
    public int TermsVersion { get; init; } = 1;

    /// <summary>The language they are written to in, for example <c>zh-CN</c>; empty for the shop's.</summary>
    public string Culture { get; init; } = "";

    /// <summary>Whether they may be shown on leaderboards.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Who brought them (a promoter's user id), or null. Unknown ones are ignored.</summary>
    public string? BroughtBy { get; init; }

    /// <summary>Their account's e-mail address and phone number, to recognise their own purchases; kept as keyed hashes. What is neither is ignored.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>A phone number that they say themselves, or null; kept as <see cref="Contacts"/> are.</summary>
    public string? Phone { get; init; }

    /// <summary>Id of the device (the first-party cookie) they joined with, or null; kept as a keyed hash.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Network address, or null; kept as a keyed hash.</summary>
    public string? ClientAddress { get; init; }
}

/// <summary>What a promoter is recognised by as a buyer.</summary>
public enum PromoterSignal
{
    /// <summary>The account.</summary>
    Account,
    /// <summary>E-mail address or phone number, normalised.</summary>
    Contact,
    /// <summary>Real name and document number as verified for payouts.</summary>
    RealName,
    /// <summary>A payment instrument: the payer's account at a provider.</summary>
    Payment,
    /// <summary>A device.</summary>
    Device,
    /// <summary>A network address: weak, only opens a review.</summary>
    Address,
}

/// <summary>The promoters of a tenant.</summary>
public interface IPromoters
{
    /// <summary>A promoter; null when the user is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Promoter?> FindAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>Promoters by when they joined, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="state">Only in this state, or null for all.</param>
    /// <param name="before">User id of the last one of the page before, or null.</param>
    /// <param name="take">At most how many, up to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Promoter>> ListAsync(TenantScope scope, PromoterState? state = null, string? before = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>Makes a user a promoter, for free. Who was one and left is one again, with who brought them as it was. Repeating it changes nothing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="join">The wish.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The promoter, or <c>referral_program_off</c>, <c>referral_adults_only</c>, <c>referral_edge_fixed</c> (already a promoter, and brought by somebody else or nobody), <c>referral_promoter_inactive</c>, <c>referral_name_refused</c>, <c>required</c>, <c>invalid</c> (the phone number), <c>too_long</c>.</returns>
    Task<CommerceResult<Promoter>> JoinAsync(TenantScope scope, PromoterJoin join, CancellationToken cancellationToken = default);

    /// <summary>Leaves. Earned and pending rewards stay; edges stay.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<Promoter>> LeaveAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The promoter's account is deleted: they leave, their name and what they are recognised by go, their links and codes work no more, and whose the clicks of this account were is forgotten.
    /// Rewards, who brought whom and decisions stay, by an id that is nobody's name. For who is no promoter only the clicks go. Repeating it changes nothing.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task ForgetAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>Changes the shown name and whether they are on leaderboards.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="name">Name.</param>
    /// <param name="listed">Shown on leaderboards.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<Promoter>> ChangeAsync(TenantScope scope, string userId, string name, bool listed, CancellationToken cancellationToken = default);

    /// <summary>The kill switch of one promoter, and its undoing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="killed">Whether switched off.</param>
    /// <param name="reason">Why; the promoter sees it.</param>
    /// <param name="actor">User id of who does it; never the promoter.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The promoter, or <c>referral_no_promoter</c>, <c>referral_own_case</c>, <c>illegal_transition</c> (frozen by a case, or left), <c>required</c>.</returns>
    Task<CommerceResult<Promoter>> KillAsync(TenantScope scope, string userId, bool killed, string reason, string actor, CancellationToken cancellationToken = default);

    /// <summary>Adds a signal by which the promoter is recognised as a buyer; kept as a keyed hash. Idempotent; does nothing for users who are no promoters.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="value">Its value in clear.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task SignalAsync(TenantScope scope, string userId, PromoterSignal kind, string value, CancellationToken cancellationToken = default);
}
