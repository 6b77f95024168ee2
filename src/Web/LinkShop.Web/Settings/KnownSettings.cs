using LinkShop.Commerce;
using static LinkShop.Web.Settings.SettingKind;

namespace LinkShop.Web.Settings;

/// <summary>A setting below <c>LinkShop:</c>.</summary>
/// <param name="Key">Its key without that; a part in braces stands for a number, a currency's code or a database's name.</param>
/// <param name="Kind">What it may be.</param>
internal sealed record KnownSetting(string Key, SettingKind Kind)
{
    private readonly string[] _parts = Key.Split(':');

    public bool Is(string key) => key.Split(':') is var given && given.Length == _parts.Length && given.Zip(_parts).All(pair => Is(pair.First, pair.Second));

    private static bool Is(string given, string part) => part switch
    {
        "{0}" => given.Length > 0 && given.All(char.IsAsciiDigit),
        "{Code}" => Currencies.IsKnown(given),
        "{Name}" => given.Length > 0,
        _ => part.Equals(given, StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary>All settings that there are. A new one is added here and to docs/operations.md (Settings), or a server refuses to start with it.</summary>
internal static class KnownSettings
{
    public const string Section = "LinkShop";

    private const long Many = 1_000_000;
    private const long Money = 1_000_000_000_000;

    public static readonly IReadOnlyList<KnownSetting> All =
    [
        new("DataPath", Any("a folder")),
        new("Database:Provider", OneOf("Sqlite", "Postgres")),
        new("Database:ConnectionString", Any("a connection string")),
        new("Database:MaxPoolSize", Whole(1, 1000)),
        new("Database:MaxGroupSize", Whole(1, 10_000)),
        new("Databases:{Name}:ConnectionString", Any("a connection string")),
        new("Databases:{Name}:Folder", Any("a folder")),
        new("PlatformDomain", Domain),
        new("Proxies:{0}", Proxy),
        new("PageCacheSeconds", Whole(0, 3600)),
        new("Localization:DefaultCulture", Culture),
        new("Localization:SupportedCultures:{0}", Culture),
        new("Payments:Sandbox:Enabled", YesNo),
        new("Payments:Sandbox:Secret", Any("a text of at least 32 characters")),
        new("Payouts:Sandbox", YesNo),
        new("Payouts:Currencies:{Code}:MinimumMinor", Whole(1, Money)),
        new("Payouts:Currencies:{Code}:FeeMinor", Whole(0, Money)),
        new("Payouts:Currencies:{Code}:FeeBasisPoints", Whole(0, 10_000)),
        new("Payouts:Currencies:{Code}:FourEyesAboveMinor", Whole(0, Money)),
        new("Fees:CeilingBasisPoints", Whole(0, 10_000)),
        new("Ordering:ReserveMinutes", Whole(1, 1440)),
        new("Ordering:MaxUnpaidPerContact", Whole(1, Many)),
        new("Ordering:MaxUnpaidPerAddress", Whole(1, Many)),
        new("Ordering:MaxLookupFailures", Whole(1, Many)),
        new("Ordering:LookupWindowMinutes", Whole(1, 1440)),
        new("Ordering:CompleteAfterDays", Whole(0, 3650)),
        new("RateLimits:Enabled", YesNo),
        new("RateLimits:OrdersPerMinute", Whole(1, Many)),
        new("RateLimits:LookupsPerMinute", Whole(1, Many)),
        new("RateLimits:ReadsPerMinute", Whole(1, Many)),
        new("RateLimits:MessagesPerMinute", Whole(1, Many)),
        new("RateLimits:RevealsPerMinute", Whole(1, Many)),
        new("RateLimits:OwnDataPerMinute", Whole(1, Many)),
        new("RateLimits:BadCallbacksPerMinute", Whole(1, Many)),
        new("RateLimits:DomainQuestionsPerMinute", Whole(1, Many)),
        new("RateLimits:ShopsPerHour", Whole(1, Many)),
        new("RateLimits:AccountsPerHour", Whole(1, Many)),
        new("Support:MaxPerAddressPerHour", Whole(1, Many)),
        new("Support:MaxPerOrderPerHour", Whole(1, Many)),
        new("Support:MaxOpen", Whole(1, Many)),
        new("Shops:MaxPerOwner", Whole(0, Many)),
        new("Shops:DnsServer", NameServer),
        new("Shops:DomainCheckSeconds", Whole(0, 86_400)),
        new("Shops:DomainTarget", HostName),
        new("Maintenance:SweepSeconds", Whole(1, 86_400)),
        new("Outbox:MaxAttempts", Whole(1, 1000)),
        new("Outbox:BaseDelay", Time("00:00:00.1", "01:00:00")),
        new("Outbox:MaxDelay", Time("00:00:01", "12:00:00")),
        new("Outbox:StoppedTenantDelay", Time("00:00:01", "01:00:00")),
        new("Outbox:Lease", Time("00:00:05", "01:00:00")),
        new("Outbox:PollInterval", Time("00:00:00.05", "00:01:00")),
        new("Outbox:MinInterval", Time("00:00:00", "00:00:10")),
        new("Outbox:BatchSize", Whole(1, 10_000)),
        new("Outbox:Parallelism", Whole(1, 256)),
        new("Outbox:SlowAfter", Time("00:00:00.01", "00:01:00")),
        new("Outbox:SlowParallelism", Whole(1, 1024)),
    ];
}
