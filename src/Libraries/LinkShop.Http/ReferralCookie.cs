using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Http;

/// <summary>Remembers, only in a browser whose owner agreed to it, which shared links were followed. Its presence is the consent.</summary>
public sealed class ReferralCookie(IDataProtectionProvider protection, TenantScope scope) : TokenCookie(protection, scope, "linkshop_shared_", "LinkShop.Referrals.ReferralCookie")
{
    // no link's id is that short
    private const string Visitor = "v";
    private const string Account = "u";
    private const int Most = 10;

    /// <summary>Id of this browser; null when its owner didn't agree to be remembered.</summary>
    public string? VisitorId(HttpContext context) => Find(context, Visitor);

    /// <summary>Remembers a click, for no account yet: whoever is or signs in then takes it over. Call it only with the owner's consent, given now or before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="linkId">The link that was followed.</param>
    /// <param name="token">The click's token.</param>
    /// <param name="days">For how many days, as the owner was told.</param>
    public void Remember(HttpContext context, string linkId, string token, int days) => Store(
        context, [(Visitor, VisitorId(context) ?? Guid.NewGuid().ToString("n")), (linkId, token), .. Clicks(context).Where(e => e.Id != linkId)], TimeSpan.FromDays(days));

    /// <summary>The link that was followed last, or null.</summary>
    public string? LatestLink(HttpContext context) => Clicks(context).Select(e => e.Id).FirstOrDefault();

    /// <summary>Whether the clicks were taken over to the account before; true too when there is nothing to take over.</summary>
    public bool IsTakenOver(HttpContext context, string userId) => VisitorId(context) is null || Find(context, Account) == userId;

    /// <summary>Notes whose account the clicks were taken over to, for no longer than they are remembered anyway. Call it when they are stored there.</summary>
    public void TakeOver(HttpContext context, string userId)
    {
        if (!IsTakenOver(context, userId))
            Store(context, [(Account, userId), .. All(context).Where(e => e.Id != Account)], life: null);
    }

    /// <summary>What a checkout knows of how its buyer came.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The share code as typed, or null.</param>
    /// <returns>Null when it knows nothing.</returns>
    public ReferralTouches? Touches(HttpContext context, string? code)
    {
        var (visitor, tokens) = (VisitorId(context), Tokens(context));
        return string.IsNullOrWhiteSpace(code) && visitor is null && tokens.Count == 0 ? null
            : new ReferralTouches { Code = string.IsNullOrWhiteSpace(code) ? null : code.Trim(), Tokens = tokens, DeviceId = visitor };
    }

    /// <summary>Tokens of the clicks, latest first.</summary>
    public IReadOnlyList<string> Tokens(HttpContext context) => [.. Clicks(context).Select(e => e.Token).Take(Most)];

    private IEnumerable<(string Id, string Token)> Clicks(HttpContext context) => All(context).Where(e => e.Id is not (Visitor or Account));
}
