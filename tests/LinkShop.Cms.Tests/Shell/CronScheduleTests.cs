using System.Globalization;
using LinkShop.Cms.Shell.Tasks;

namespace LinkShop.Cms.Tests.Shell;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "2026-11-23 10:15:30", "2026-11-23 10:16")]
    [InlineData("*/5 * * * *", "2026-11-23 10:15", "2026-11-23 10:20")]
    [InlineData("0 * * * *", "2026-11-23 10:00", "2026-11-23 11:00")]
    [InlineData("30 3 * * *", "2026-11-23 10:00", "2026-11-24 03:30")]
    [InlineData("0 0 1 * *", "2026-11-23 10:00", "2026-12-01 00:00")]
    [InlineData("0 0 29 2 *", "2026-11-23 10:00", "2028-02-29 00:00")]
    [InlineData("0 9 * * MON-FRI", "2026-11-20 10:00", "2026-11-23 09:00")]
    [InlineData("0 9 * * 7", "2026-11-23 10:00", "2026-11-29 09:00")]
    [InlineData("15,45 8-10/2 * jan,Dec *", "2026-11-23 10:00", "2026-12-01 08:15")]
    [InlineData("0 0 13 * 5", "2026-11-23 10:00", "2026-11-27 00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59")]
    public void The_next_time_is_right(string schedule, string after, string next)
        => Assert.Equal(Time(next), CronSchedule.Parse(schedule).Next(Time(after)));

    [Fact]
    public void A_day_that_never_comes_is_never_due() => Assert.Null(CronSchedule.Parse("0 0 30 2 *").Next(Time("2026-11-23 10:00")));

    [Theory]
    [InlineData("* * * *", "five fields")]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * fun", "day of week")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("5-1 * * * *", "minute")]
    [InlineData("1,,2 * * * *", "minute")]
    public void A_wrong_schedule_is_refused_by_field(string schedule, string word)
        => Assert.Contains(word, Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule)).Message, StringComparison.Ordinal);

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
