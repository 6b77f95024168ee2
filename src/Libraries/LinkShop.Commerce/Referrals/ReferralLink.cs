namespace LinkShop.Commerce.Referrals;

/// <summary>What a link leads to.</summary>
public enum ReferralTarget
{
    /// <summary>A product.</summary>
    Product,
    /// <summary>A shop.</summary>
    Shop,
    /// <summary>The whole mall.</summary>
    Mall,
}

/// <summary>A promoter's link. Links are never deleted, only switched off: orders refer to them.</summary>
/// <param name="Id">Short id for the address, 10 letters and digits.</param>
/// <param name="Promoter">Whose.</param>
/// <param name="Target">What it leads to.</param>
/// <param name="TargetId">Product id or shop; empty for the mall.</param>
/// <param name="Channel">Where it is shared, as the promoter calls it; may be empty, at most 30 characters.</param>
/// <param name="Campaign">Campaign; may be empty, at most 60 characters.</param>
/// <param name="Code">The share code 口令 as shown, or null.</param>
/// <param name="Active">Whether it works.</param>
/// <param name="At">When it was made.</param>
public sealed record ReferralLink(string Id, string Promoter, ReferralTarget Target, string TargetId, string Channel, string Campaign, string? Code, bool Active, DateTimeOffset At);

/// <summary>A link to make.</summary>
/// <param name="Target">What it leads to.</param>
/// <param name="TargetId">Product id or shop; empty for the mall.</param>
/// <param name="Channel">Channel, may be empty.</param>
/// <param name="Campaign">Campaign, may be empty.</param>
/// <param name="Code">A code of the promoter's choice (2 to 30 letters of any script and digits), or null for a made one.</param>
public sealed record ReferralLinkDraft(ReferralTarget Target, string TargetId = "", string Channel = "", string Campaign = "", string? Code = null);

/// <summary>Links and share codes.</summary>
public interface IReferralLinks
{
    /// <summary>Makes a link with a share code; one with the same target, channel and campaign is returned as it is.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The promoter.</param>
    /// <param name="draft">What for.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The link, or <c>referral_no_promoter</c>, <c>referral_promoter_inactive</c>, <c>referral_code_taken</c>, <c>referral_name_refused</c>, <c>invalid</c>, <c>too_long</c>.</returns>
    Task<CommerceResult<ReferralLink>> CreateAsync(TenantScope scope, string userId, ReferralLinkDraft draft, CancellationToken cancellationToken = default);

    /// <summary>A promoter's links, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The promoter.</param>
    /// <param name="take">At most how many, up to 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralLink>> ListAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>A link by id; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralLink?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default);

    /// <summary>The link of a pasted text: the code alone, in any case and width and with spaces, or a whole phrase with the code between # or 「」. Null when there is none that works.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="text">What was pasted, at most 500 characters are looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralLink?> ResolveAsync(TenantScope scope, string? text, CancellationToken cancellationToken = default);

    /// <summary>Switches a link off or on.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The promoter, whose it must be.</param>
    /// <param name="id">The link.</param>
    /// <param name="active">Whether it is to work.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<ReferralLink>> SwitchAsync(TenantScope scope, string userId, string id, bool active, CancellationToken cancellationToken = default);
}

/// <summary>A request of a link's address, as the web saw it.</summary>
public sealed record ReferralHit
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <summary>The request's User-Agent; empty counts as a bot.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>The request's <c>Sec-Purpose</c>, <c>Purpose</c> or <c>X-Moz</c> header.</summary>
    public string? Purpose { get; init; }

    /// <summary>Id of the visitor's first-party cookie, or null without consent.</summary>
    public string? VisitorId { get; init; }

    /// <summary>Network address, or null; kept as a keyed hash.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The signed-in user, or null.</summary>
    public string? UserId { get; init; }
}

/// <summary>What became of a hit.</summary>
/// <param name="Link">The link; null when there is none that works.</param>
/// <param name="Kind">Whether it counts.</param>
/// <param name="Token">To keep in the visitor's consented cookie and hand in at checkout (<see cref="ReferralTouches.Tokens"/>); null when it doesn't count. Signed: what is changed in it is ignored.</param>
public sealed record ReferralClick(ReferralLink? Link, ReferralClickKind Kind, string? Token);

/// <summary>Whether a click counts.</summary>
public enum ReferralClickKind
{
    /// <summary>A person's.</summary>
    Counted,
    /// <summary>The same visitor's within half an hour: a click, but no new visit.</summary>
    Repeat,
    /// <summary>A program's.</summary>
    Bot,
    /// <summary>A browser's or messenger's that looks ahead.</summary>
    Prefetch,
}

/// <summary>Clicks. Recording doesn't wait for the database: rows are written many at a time, and a crash may lose those of the last moments, never an attribution.</summary>
public interface IReferralClicks
{
    /// <summary>Takes a click.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="hit">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ReferralClick> HitAsync(TenantScope scope, ReferralHit hit, CancellationToken cancellationToken = default);

    /// <summary>Somebody signed in: what their cookie says counts for their account from now on, on every device.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">User id.</param>
    /// <param name="tokens">The cookie's tokens.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task SignedInAsync(TenantScope scope, string userId, IReadOnlyList<string> tokens, CancellationToken cancellationToken = default);

    /// <summary>Completes when every click taken so far is stored.</summary>
    Task FlushAsync();
}

/// <summary>What a checkout knows of how its buyer came. Set by the server: code as typed, tokens from the consented cookie.</summary>
public sealed record ReferralTouches
{
    /// <summary>The share code as typed or pasted, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Tokens of <see cref="ReferralClick"/>, at most 10 are looked at.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Id of the visitor's first-party cookie, to recognise a promoter's own device.</summary>
    public string? DeviceId { get; init; }
}
