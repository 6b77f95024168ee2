using System.Net;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LinkShop.Web.Tests.Checkout;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2")]
    public void All_addresses_of_one_network_count_together_and_no_other_network_is_kept_out(string one, string same, string other)
    {
        using var limits = new RequestLimits(Options.Create(new RequestLimitOptions { LookupsPerMinute = 2, RevealsPerMinute = 1 }), TimeProvider.System);
        Assert.True(limits.Allows(LimitedAction.Lookup, "Mall", From(one)));
        Assert.True(limits.Allows(LimitedAction.Lookup, "Mall", From(same)));
        Assert.False(limits.Allows(LimitedAction.Lookup, "Mall", From(same)));
        Assert.False(limits.Allows(LimitedAction.Lookup, "Mall", From(one)));
        Assert.True(limits.Allows(LimitedAction.Lookup, "Mall", From(other)));
        Assert.True(limits.Allows(LimitedAction.Lookup, "Other", From(one)));

        Assert.True(limits.Allows(LimitedAction.Reveal, "Mall", From(one)));
        Assert.False(limits.Allows(LimitedAction.Reveal, "Mall", From(same)));
    }

    [Fact]
    public void A_refusal_says_when_the_next_is_allowed_and_then_it_is()
    {
        var clock = new Clock();
        using var limits = new RequestLimits(Options.Create(new RequestLimitOptions { OrdersPerMinute = 2 }), clock);
        Assert.True(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        clock.Now += TimeSpan.FromSeconds(25);
        Assert.True(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        clock.Now += TimeSpan.FromSeconds(8);
        var refused = From("192.0.2.1");
        Assert.False(limits.Allows(LimitedAction.Order, "Mall", refused));
        // the first was in the ten seconds that are forgotten after sixty
        Assert.Equal("27", refused.Response.Headers.RetryAfter.ToString());
        clock.Now += TimeSpan.FromSeconds(26);
        Assert.False(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        Assert.False(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        clock.Now += TimeSpan.FromHours(1);
        Assert.True(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        Assert.True(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
        Assert.False(limits.Allows(LimitedAction.Order, "Mall", From("192.0.2.1")));
    }

    [Fact]
    public void Shops_are_counted_by_the_hour_and_a_refusal_tells_how_long_to_wait()
    {
        var clock = new Clock();
        using var limits = new RequestLimits(Options.Create(new RequestLimitOptions { ShopsPerHour = 2 }), clock);
        Assert.True(limits.Allows(LimitedAction.OpenShop, "Default", From("192.0.2.1")));
        clock.Now += TimeSpan.FromMinutes(25);
        Assert.True(limits.Allows(LimitedAction.OpenShop, "Default", From("192.0.2.1"), out var none));
        Assert.Equal(TimeSpan.Zero, none);
        clock.Now += TimeSpan.FromMinutes(8);
        var refused = From("192.0.2.1");
        Assert.False(limits.Allows(LimitedAction.OpenShop, "Default", refused, out var wait));
        // the first was in the ten minutes that are forgotten after sixty
        Assert.Equal((TimeSpan.FromMinutes(27), "1620"), (wait, refused.Response.Headers.RetryAfter.ToString()));
        Assert.True(limits.Allows(LimitedAction.OpenShop, "Default", From("192.0.2.2")));
        clock.Now += wait;
        Assert.True(limits.Allows(LimitedAction.OpenShop, "Default", From("192.0.2.1")));
        Assert.False(limits.Allows(LimitedAction.OpenShop, "Default", From("192.0.2.1")));
    }

    private static DefaultHttpContext From(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
