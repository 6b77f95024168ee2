using System.Globalization;
using System.Numerics;

namespace LinkShop.Cms.Shell.Tasks;

/// <summary>A schedule in cron's five fields: minute, hour, day of month, month, day of week. Lists, ranges, steps and English names.</summary>
internal sealed class CronSchedule
{
    private static readonly string[] _months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] _days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly ulong _minutes, _hours, _monthDays, _monthSet, _weekDays;
    private readonly bool _eitherDay;

    private CronSchedule(string[] fields)
    {
        _minutes = Field("minute", fields[0], 0, 59, [], 0);
        _hours = Field("hour", fields[1], 0, 23, [], 0);
        _monthDays = Field("day of month", fields[2], 1, 31, [], 0);
        _monthSet = Field("month", fields[3], 1, 12, _months, 1);
        _weekDays = Field("day of week", fields[4], 0, 7, _days, 0);
        if ((_weekDays & 1ul << 7) != 0) _weekDays |= 1;
        // cron's rule: when both kinds of days are restricted, either one is enough
        _eitherDay = !IsAny(fields[2]) && !IsAny(fields[4]);
    }

    internal static CronSchedule Parse(string text)
    {
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? new CronSchedule(fields) : throw new FormatException($"The schedule '{text}' must have five fields, not {fields.Length}.");
    }

    /// <summary>The first minute after a time at which it is due; null when that is not within five years (30 February).</summary>
    internal DateTime? Next(DateTime after)
    {
        var at = new DateTime(after.Year, after.Month, after.Day, after.Hour, after.Minute, 0, after.Kind).AddMinutes(1);
        var end = after.AddYears(5);
        while (at < end)
        {
            if (!Has(_monthSet, at.Month)) at = new DateTime(at.Year, at.Month, 1, 0, 0, 0, at.Kind).AddMonths(1);
            else if (!IsDay(at)) at = at.Date.AddDays(1);
            else if (!Has(_hours, at.Hour)) at = at.Date.AddHours(at.Hour + 1);
            else if (!Has(_minutes, at.Minute)) at = NextMinute(at);
            else return at;
        }
        return null;
    }

    private static bool Has(ulong set, int value) => (set & 1ul << value) != 0;

    private static bool IsAny(string field) => field[0] is '*' or '?';

    private bool IsDay(DateTime at)
    {
        var byMonth = Has(_monthDays, at.Day);
        var byWeek = Has(_weekDays, (int)at.DayOfWeek);
        return _eitherDay ? byMonth || byWeek : byMonth && byWeek;
    }

    private DateTime NextMinute(DateTime at)
    {
        var later = _minutes >> at.Minute;
        return later == 0 ? at.AddMinutes(60 - at.Minute) : at.AddMinutes(BitOperations.TrailingZeroCount(later));
    }

    private static ulong Field(string name, string text, int min, int max, string[] names, int firstName)
    {
        var set = 0ul;
        foreach (var part in text.Split(','))
        {
            var slash = part.IndexOf('/');
            var range = slash < 0 ? part : part[..slash];
            var step = slash < 0 ? 1 : Number(part[(slash + 1)..], 1, max);
            int from, to;
            if (range is "*" or "?") (from, to) = (min, max);
            else if (range.IndexOf('-') is var dash and > 0) (from, to) = (Number(range[..dash], min, max), Number(range[(dash + 1)..], min, max));
            else (from, to) = (Number(range, min, max), slash < 0 ? Number(range, min, max) : max);
            if (from > to) throw Error();
            for (var value = from; value <= to; value += step) set |= 1ul << value;
        }
        return set;

        int Number(string digits, int low, int high)
        {
            var named = Array.FindIndex(names, n => n.Equals(digits, StringComparison.OrdinalIgnoreCase));
            if (named >= 0) return named + firstName;
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high ? value : throw Error();
        }

        FormatException Error() => new($"'{text}' is not valid for the {name} of a schedule; it takes {min} to {max}.");
    }
}
