using LinkShop.Commerce;
using LinkShop.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>What a browser remembers of followed links, for how long, and for whose account.</summary>
public sealed class ReferralCookieTests
{
    private readonly CountingProtection _protection = new();

    [Fact]
    public void A_click_is_remembered_for_as_many_days_as_it_counts_and_taking_it_over_prolongs_nothing()
    {
        var first = new DefaultHttpContext();
        Cookie().Remember(first, "link1", "token1", days: 90);
        var kept = Sent(first)!;
        Assert.InRange(kept.MaxAge!.Value.TotalDays, 89.9, 90);
        var shorter = new DefaultHttpContext();
        Cookie().Remember(shorter, "link1", "token1", days: 2);
        Assert.InRange(Sent(shorter)!.MaxAge!.Value.TotalDays, 1.9, 2);
        var later = Next(shorter);
        Cookie().TakeOver(later, "ann");
        Assert.InRange(Sent(later)!.MaxAge!.Value.TotalDays, 1.9, 2);
        Assert.Equal(["token1"], Cookie().Tokens(Next(later)));
    }

    [Fact]
    public void A_click_after_another_was_taken_over_is_taken_over_too()
    {
        var context = new DefaultHttpContext();
        Cookie().Remember(context, "link1", "token1", 30);
        context = Next(context);
        Assert.False(Cookie().IsTakenOver(context, "ann"));
        Cookie().TakeOver(context, "ann");
        Assert.True(Cookie().IsTakenOver(context, "ann"));
        context = Next(context);
        Assert.True(Cookie().IsTakenOver(context, "ann"));
        // signed out meanwhile, and back again
        var visitor = Cookie().VisitorId(context);
        Cookie().Remember(context, "link2", "token2", 30);
        context = Next(context);
        Assert.False(Cookie().IsTakenOver(context, "ann"));
        Assert.Equal(["token2", "token1"], Cookie().Tokens(context));
        Assert.Equal(visitor, Cookie().VisitorId(context));
    }

    [Fact]
    public void A_request_reads_the_cookie_once_and_what_it_changes_it_knows()
    {
        var context = new DefaultHttpContext();
        Cookie().Remember(context, "link1", "token1", 30);
        context = Next(context);
        _protection.Reads = 0;
        Assert.NotNull(Cookie().VisitorId(context));
        Assert.Equal("link1", Cookie().LatestLink(context));
        Assert.Equal(["token1"], Cookie().Touches(context, null)!.Tokens);
        Assert.Equal(1, _protection.Reads);
        Cookie().Remember(context, "link2", "token2", 30);
        Assert.Equal("link2", Cookie().LatestLink(context));
        Cookie().Forget(context);
        Assert.Null(Cookie().VisitorId(context));
        Assert.Empty(Cookie().Tokens(context));
    }

    // as each service gets its own
    private ReferralCookie Cookie() => new(_protection, new TenantScope("mall"));

    private static SetCookieHeaderValue? Sent(HttpContext context) => SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie!]).LastOrDefault();

    private static DefaultHttpContext Next(HttpContext context)
    {
        var next = new DefaultHttpContext();
        // nothing new was sent when the browser keeps what it has
        next.Request.Headers.Cookie = Sent(context) is { } sent ? $"{sent.Name}={sent.Value}" : context.Request.Headers.Cookie;
        return next;
    }

    private sealed class CountingProtection : IDataProtectionProvider, IDataProtector
    {
        private readonly IDataProtector _inner = new EphemeralDataProtectionProvider().CreateProtector("test");

        public int Reads { get; set; }

        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => _inner.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData)
        {
            Reads++;
            return _inner.Unprotect(protectedData);
        }
    }
}
