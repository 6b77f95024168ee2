using OrchardCore.Modules;

namespace LinkShop.Cms.Shell.Hosting;

internal sealed class Clock(TimeProvider time) : IClock
{
    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public ITimeZone[] GetTimeZones() => [.. TimeZoneInfo.GetSystemTimeZones().Select(z => new Zone(z))];

    public ITimeZone GetTimeZone(string timeZoneId) => new Zone(Find(timeZoneId));

    public ITimeZone GetSystemTimeZone() => new Zone(TimeZoneInfo.Local);

    public DateTimeOffset ConvertToTimeZone(DateTimeOffset dateTimeOffset, ITimeZone timeZone) => TimeZoneInfo.ConvertTime(dateTimeOffset, Find(timeZone.TimeZoneId));

    private static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Local;

    private sealed class Zone(TimeZoneInfo info) : ITimeZone
    {
        public string TimeZoneId { get; set; } = info.Id;
    }
}
