namespace OrchardCore.Modules;

/// <summary>The time.</summary>
public interface IClock
{
    /// <summary>Now, in UTC.</summary>
    DateTime UtcNow { get; }

    /// <summary>All time zones the machine knows.</summary>
    ITimeZone[] GetTimeZones();

    /// <summary>A time zone by its IANA id.</summary>
    /// <param name="timeZoneId">The id, such as <c>Asia/Shanghai</c>.</param>
    ITimeZone GetTimeZone(string timeZoneId);

    /// <summary>The machine's time zone.</summary>
    ITimeZone GetSystemTimeZone();

    /// <summary>A moment as another time zone's clocks show it.</summary>
    /// <param name="dateTimeOffset">The moment.</param>
    /// <param name="timeZone">The time zone.</param>
    DateTimeOffset ConvertToTimeZone(DateTimeOffset dateTimeOffset, ITimeZone timeZone);
}
