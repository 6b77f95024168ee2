using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Http;
using LinkShop.Shops.Models;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Weekly opening hours.</summary>
[Collection("shops")]
public sealed class HoursTests(ShopPlatforms platforms)
{
    private const string Zone = "Asia/Shanghai";

    [Theory]
    // Saturday 2026-11-28 is 9 to 22, Sunday shut, Monday 20 to 2 in the night
    [InlineData("2026-11-28 08:59:59", "2026-11-28 09:00")]
    [InlineData("2026-11-28 09:00:00", null)]
    [InlineData("2026-11-28 21:59:59", null)]
    [InlineData("2026-11-28 22:00:00", "2026-11-30 20:00")]
    [InlineData("2026-11-29 12:00:00", "2026-11-30 20:00")]
    [InlineData("2026-11-30 20:00:00", null)]
    [InlineData("2026-12-01 01:59:59", null)]
    [InlineData("2026-12-01 02:00:00", "2026-12-05 09:00")]
    public void A_shop_is_open_from_the_first_second_of_its_hours_to_the_last_also_past_midnight(string local, string? opens)
    {
        var hours = Week((DayOfWeek.Saturday, 9, 22), (DayOfWeek.Monday, 20, 2));
        var now = LocalTime.Of(Zone, DateTime.Parse(local, CultureInfo.InvariantCulture));
        Assert.Equal(opens is null, hours.IsOpen(Zone, now));
        Assert.Equal(opens, hours.OpensAt(Zone, now) is { } at ? LocalTime.In(Zone, at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null);
    }

    [Fact]
    public void Whatever_the_hours_a_closed_shop_opens_when_it_says_and_not_a_minute_earlier()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var zone = new[] { Zone, "Europe/Berlin", "America/New_York", "UTC" }[random.Next(4)];
            var hours = Week([.. Enumerable.Range(0, 7).Where(_ => random.Next(3) > 0).Select(d => ((DayOfWeek)d, random.Next(24), random.Next(24)))]);
            var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 365));
            if (hours.OpensAt(zone, now) is not { } at)
            {
                Assert.True(hours.IsOpen(zone, now) || !hours.Days.Exists(d => d.Open));
                continue;
            }

            Assert.False(hours.IsOpen(zone, now));
            Assert.True(hours.IsOpen(zone, at));
            for (var moment = now; moment < at; moment = moment.AddMinutes(1))
                Assert.False(hours.IsOpen(zone, moment), $"{zone}: open at {moment}, said {at}");
        }
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_closed_shop_says_when_it_opens_and_sells_by_its_owners_choice_what_needs_nobody_or_nothing_and_a_pause_comes_first(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        var (text, byHand) = (await RunningTests.SellAsync(ann, slug), await RunningTests.SellAsync(ann, slug, "Manual"));
        using var visitor = new Person(server, "");
        Assert.Equal(HttpStatusCode.Created, await OrderAsync(byHand));
        var (automatic, manual) = (await RunningTests.ProductAsync(visitor, slug, text), await RunningTests.ProductAsync(visitor, slug, byHand));

        // open three days from now only, so closed whenever this runs
        var day = (int)LocalTime.In(Zone, DateTimeOffset.UtcNow.AddDays(3)).DayOfWeek;
        await SetAsync(sellAutomatic: true);
        Assert.Contains("本店现在打烊", (await visitor.GetAsync("/" + slug + "?a")).Text, StringComparison.Ordinal);
        Assert.Contains(CultureInfo.GetCultureInfo("zh-CN").DateTimeFormat.GetDayName((DayOfWeek)day) + " 10:30", (await visitor.GetAsync("/" + slug + "?a")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, await OrderAsync(text));
        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync(byHand));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/{slug}/checkout?sku={text}")).Status);
        Assert.DoesNotMatch(RunningTests.DeadButton, (await visitor.GetAsync(automatic)).Html);
        var waits = await visitor.GetAsync(manual);
        Assert.Matches(RunningTests.DeadButton, waits.Html);
        Assert.Matches("人工交付的商品 \\S+ 10:30 起恢复接单", waits.Text);
        var refused = await visitor.SubmitAsync($"/{slug}/checkout?sku={byHand}", $"/{slug}/checkout", ("Sku", byHand), ("Contact", "b@test.example"), ("LookupPassword", "a password"));
        Assert.Equal((HttpStatusCode.Conflict, true), (refused.Status, refused.Text.Contains("店铺现在打烊", StringComparison.Ordinal)));

        await SetAsync(sellAutomatic: false);
        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync(text));
        var shut = await visitor.GetAsync($"/{slug}/checkout?sku={text}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (shut.Status, shut.Text.Contains("10:30", StringComparison.Ordinal)));
        Assert.Matches(RunningTests.DeadButton, (await visitor.GetAsync(automatic)).Html);
        // the pages are there, and orders that exist
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/{slug}/orders/lookup")).Status);

        // mistakes change nothing
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Hours", [("On", "true"), .. Enumerable.Range(0, 7).Select(d => ($"Days[{d}].Open", "false"))]);
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Hours", ("On", "false"), ($"Days[{day}].From", "25:00"));
        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync(text));

        // around the clock, but paused
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Hours",
            [("On", "true"), .. Enumerable.Range(0, 7).SelectMany(d => new[] { ($"Days[{d}].Open", "true"), ($"Days[{d}].From", "00:00"), ($"Days[{d}].Until", "00:00") })]);
        Assert.Equal(HttpStatusCode.Created, await OrderAsync(byHand));
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Pause", ("paused", "true"), ("reason", "x"));
        using var paused = await server.Client.PostAsJsonAsync($"/{slug}/api/v1/orders", RunningTests.Wish(text));
        Assert.Equal("shop_paused", (await paused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());

        Task SetAsync(bool sellAutomatic) => ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Hours",
        [
            ("On", "true"), ("SellAutomatic", sellAutomatic ? "true" : "false"),
            .. Enumerable.Range(0, 7).SelectMany(d => new[] { ($"Days[{d}].Open", d == day ? "true" : "false"), ($"Days[{d}].From", "10:30"), ($"Days[{d}].Until", "12:00") }),
        ]);

        async Task<HttpStatusCode> OrderAsync(string sku)
        {
            using var answer = await server.Client.PostAsJsonAsync($"/{slug}/api/v1/orders", RunningTests.Wish(sku));
            if (answer.StatusCode == HttpStatusCode.Conflict)
                Assert.Equal("shop_closed_now", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
            return answer.StatusCode;
        }
    }

    private static ShopHours Week(params (DayOfWeek Day, int From, int Until)[] open)
    {
        var hours = new ShopHours { On = true, Days = [.. Enumerable.Range(0, 7).Select(_ => new OpenDay())] };
        foreach (var (day, from, until) in open)
            hours.Days[(int)day] = new OpenDay { Open = true, From = new TimeOnly(from, 0), Until = new TimeOnly(until, 0) };
        return hours;
    }
}
