using System.Globalization;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Reads the times of a settlement file.</summary>
/// <param name="zone">Where its days and its times without an offset are; null when days are UTC and times must have an offset, as they would be read as the server's own otherwise.</param>
internal sealed class SettlementClock(TimeZoneInfo? zone)
{
    private static readonly string[] s_withOffset = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK"];

    // with strokes: what a spreadsheet makes of it
    private static readonly string[] s_local =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm"];

    private static readonly string[] s_days = ["yyyy-MM-dd", "yyyy/M/d"];

    private readonly TimeZoneInfo _zone = zone ?? TimeZoneInfo.Utc;

    /// <summary>What a time must be, for people.</summary>
    public string Expected => zone is null ? "a date nor an ISO 8601 time with an offset" : "a date nor an ISO 8601 time";

    /// <summary>The moment that a text names, in whole milliseconds; a day's is its first.</summary>
    public bool TryRead(string text, out DateTimeOffset moment)
    {
        // a file may have a million lines: each is read in one way
        var read = text.Length <= 10 ? At(Exact(text, s_days))
            : text.AsSpan(10).IndexOfAny('Z', '+', '-') > 0 ? WithOffset(text)
            : zone is not null ? At(Exact(text, s_local))
            : null;
        moment = read is { } found ? DateTimeOffset.FromUnixTimeMilliseconds(found.ToUnixTimeMilliseconds()) : default;
        return read is not null;
    }

    /// <summary>The days that two moments lie in, and all between.</summary>
    public ReconciliationPeriod DaysOf(DateTimeOffset first, DateTimeOffset last) => new(Of(Local(first).Date), Of(Local(last).Date.AddDays(1)));

    private DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone).DateTime;

    // in UTC, so that equal moments are equal in the database
    private DateTimeOffset Of(DateTime local) => new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();

    private DateTimeOffset? At(DateTime? local) => local is { } known ? Of(known) : null;

    private static DateTime? Exact(string text, string[] forms) =>
        DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsUsual(time) ? time : null;

    private static DateTimeOffset? WithOffset(string text) =>
        DateTimeOffset.TryParseExact(text, s_withOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsUsual(time.UtcDateTime) ? time : null;

    // at the calendar's ends no zone can be reckoned with
    private static bool IsUsual(DateTime time) => time.Year is >= 1970 and <= 9998;
}
