using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Reconciliation;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

/// <summary>Files of providers that write the days and times of where they are at home.</summary>
public sealed class SettlementZoneTests
{
    private static readonly DateTimeOffset s_midnight = new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_day_begins_and_ends_where_the_file_is_at_home(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("eve", 100, at: s_midnight.AddMilliseconds(-1));
        await desk.HappenedAsync("first", 100, at: s_midnight);
        await desk.HappenedAsync("last", 100, at: s_midnight.AddDays(1).AddMilliseconds(-1));
        await desk.HappenedAsync("next", 100, at: s_midnight.AddDays(1));
        var summary = await ImportAsync(desk, "Asia/Shanghai", File("first,payment,1.00,CNY,2026-03-05"));
        // whoever takes the day for one of UTC misses "next" too
        Assert.Equal(((1, 0, 1, 0, 0), 0), (Counts(summary), summary.Carried));
        Assert.Equal("last", Assert.Single(await desk.ItemsAsync(summary)).PaymentId);
        Assert.Equal(new ReconciliationPeriod(s_midnight, s_midnight.AddDays(1)), summary.Period);
    }

    [Theory]
    [InlineData("2026-03-05 20:00:00")]
    [InlineData("2026-03-05T20:00:00")]
    [InlineData("2026-03-05 20:00")]
    [InlineData("2026-03-05 20:00:00.0009")]
    [InlineData("2026/3/5 20:00")]
    [InlineData("2026/03/05 20:00:00")]
    [InlineData("2026-03-05T12:00:00Z")]
    [InlineData("2026-03-05 13:00:00+01:00")]
    public async Task All_these_are_one_moment(string time)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var summary = await ImportAsync(desk, "Asia/Shanghai", File($"p,payment,1.00,CNY,{time}"));
        Assert.Equal(Day(5), Assert.Single(await desk.ItemsAsync(summary)).At);
    }

    [Theory]
    [InlineData("Asia/Shanghai", "05.03.2026")]
    [InlineData("Asia/Shanghai", "3/5/2026")]
    [InlineData("Asia/Shanghai", "2026-03-05 24:00:00")]
    [InlineData("Asia/Shanghai", "2026-02-30")]
    [InlineData("Asia/Shanghai", "20:00")]
    [InlineData("Asia/Shanghai", "1969-12-31")]
    [InlineData("Asia/Shanghai", "9999-12-31 23:59:59")]
    [InlineData(null, "2026-03-05 20:00:00")]
    [InlineData(null, "2026/3/5 20:00")]
    public async Task What_names_no_moment_is_refused(string? zone, string time)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var result = await TryImportAsync(desk, zone, File($"p,payment,1.00,CNY,{time}"));
        Assert.Equal("bad_time lines[2].time", string.Join('|', result.Errors.Select(e => $"{e.Code} {e.Field}")));
        Assert.Equal(0, await desk.Commerce.CountAsync("reconciliation"));
    }

    [Fact]
    public async Task A_day_on_which_the_clocks_change_has_its_own_length()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var summary = await ImportAsync(desk, "Europe/Berlin", File("p,payment,1.00,CNY,2026-03-29"));
        Assert.Equal(new ReconciliationPeriod(new(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 22, 0, 0, TimeSpan.Zero)), summary.Period);
    }

    private static async Task<ReconciliationSummary> ImportAsync(SettlementDesk desk, string? zone, string text)
    {
        var result = await TryImportAsync(desk, zone, text);
        Assert.True(result.Succeeded, string.Join('\n', result.Errors.Select(e => $"{e.Field} {e.Code} {e.Message}")));
        return result.Value;
    }

    private static Task<CommerceResult<ReconciliationSummary>> TryImportAsync(SettlementDesk desk, string? zone, string text) => desk.Reconciliations.ImportAsync(
        desk.Scope, new ReconciliationRequest("test", "march.csv", "ann", null, zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone)), new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
