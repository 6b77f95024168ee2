using LinkShop.Http;

namespace LinkShop.Shops.Models;

/// <summary>When a shop is open by itself, in its own time zone: a section of its site settings.</summary>
public sealed class ShopHours
{
    /// <summary>Whether the hours count. If not, the shop is open around the clock.</summary>
    public bool On { get; set; }

    /// <summary>Whether goods that nobody has to deliver by hand are sold while the shop is closed.</summary>
    public bool SellAutomatic { get; set; } = true;

    /// <summary>The seven days, Sunday first (<see cref="DayOfWeek"/>).</summary>
    public List<OpenDay> Days { get; set; } = [];

    /// <summary>Whether the shop is open at a moment.</summary>
    /// <param name="zone">The shop's time zone.</param>
    /// <param name="now">The moment.</param>
    public bool IsOpen(string? zone, DateTimeOffset now)
    {
        if (!On)
            return true;
        var today = DateOnly.FromDateTime(LocalTime.In(zone, now).DateTime);
        // yesterday's hours may go on past midnight
        return Holds(zone, today, now) || Holds(zone, today.AddDays(-1), now);
    }

    /// <summary>When it opens next; null when it is open, or no day has hours.</summary>
    /// <param name="zone">The shop's time zone.</param>
    /// <param name="now">The present.</param>
    public DateTimeOffset? OpensAt(string? zone, DateTimeOffset now)
    {
        if (IsOpen(zone, now))
            return null;
        var today = DateOnly.FromDateTime(LocalTime.In(zone, now).DateTime);
        for (var day = today; day <= today.AddDays(7); day = day.AddDays(1))
        {
            if (Of(day) is { Open: true } hours && Moment(zone, day, hours.From) is var from && from > now && from < Until(zone, day, hours))
                return from;
        }

        return null;
    }

    private bool Holds(string? zone, DateOnly day, DateTimeOffset now) => Of(day) is { Open: true } hours && Moment(zone, day, hours.From) <= now && now < Until(zone, day, hours);

    private OpenDay? Of(DateOnly day) => Days.ElementAtOrDefault((int)day.DayOfWeek);

    /// <summary>An end that isn't after the beginning is the next day's.</summary>
    private static DateTimeOffset Until(string? zone, DateOnly day, OpenDay hours) => Moment(zone, hours.Until > hours.From ? day : day.AddDays(1), hours.Until);

    private static DateTimeOffset Moment(string? zone, DateOnly day, TimeOnly time) => LocalTime.Of(zone, day.ToDateTime(time));
}

/// <summary>The hours of one day of the week.</summary>
public sealed class OpenDay
{
    /// <summary>Whether there are any.</summary>
    public bool Open { get; set; }

    /// <summary>From when.</summary>
    public TimeOnly From { get; set; } = new(9, 0);

    /// <summary>Until when; the same time as <see cref="From"/>, or an earlier one, is that of the next day.</summary>
    public TimeOnly Until { get; set; } = new(22, 0);
}
