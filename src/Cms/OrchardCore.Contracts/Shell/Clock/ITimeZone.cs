namespace OrchardCore.Modules;

/// <summary>A time zone.</summary>
public interface ITimeZone
{
    /// <summary>Its IANA id, such as <c>Asia/Shanghai</c>.</summary>
    string TimeZoneId { get; set; }
}
