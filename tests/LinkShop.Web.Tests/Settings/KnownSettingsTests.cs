using System.Text.RegularExpressions;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Support;
using LinkShop.Http;
using LinkShop.Testing;
using LinkShop.Web.Settings;
using LinkShop.Web.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Web.Tests.Settings;

/// <summary>The table of settings, against the sources, the documentation and wrong configurations.</summary>
public sealed partial class KnownSettingsTests
{
    // sections that are read into an object as a whole
    private static readonly Dictionary<string, Type> Bound = new(StringComparer.Ordinal)
    {
        ["Database"] = typeof(CommerceOptions), ["Ordering"] = typeof(OrderingOptions), ["RateLimits"] = typeof(RequestLimitOptions), ["Support"] = typeof(SupportOptions),
        ["Outbox"] = typeof(OutboxOptions), ["Maintenance"] = typeof(MaintenanceOptions), ["Fees"] = typeof(FeeOptions), ["Payouts"] = typeof(PayoutOptions),
    };

    private static IEnumerable<string> Code => SourceTree.Code("src").Where(f => !SourceTree.Relative(f).StartsWith("src/Web/LinkShop.Web/Settings", StringComparison.Ordinal))
        .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static string[] Known => [.. KnownSettings.All.Select(setting => setting.Key)];

    [Fact]
    public void Every_setting_that_the_sources_read_is_known_and_every_known_one_is_read()
    {
        var named = Code.SelectMany(line => Key().Matches(line)).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(named.Count > 20, $"found only {named.Count} keys");
        Assert.DoesNotContain(named, key => !Known.Any(known => known == key || known.StartsWith(key + ":", StringComparison.Ordinal)));
        Assert.Equal(Code.SelectMany(line => Binding().Matches(line)).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal), Bound.Keys.Order(StringComparer.Ordinal));

        var bound = Bound.SelectMany(pair => KeysOf(pair.Key, pair.Value)).Where(key => key != "Database:DataPath").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(bound.Except(Known));
        Assert.DoesNotContain(Known, key => !bound.Contains(key) && !named.Contains(key) && !named.Any(section => Regex.IsMatch(key, $@"^{section}:\{{\w+\}}(:|$)")));
    }

    [Fact]
    public void Every_setting_is_in_the_documentation_with_what_it_may_be()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        Assert.Empty(KnownSettings.All.Where(setting => !text.Contains($"| `{setting.Key}` | {setting.Kind.Wants} |", StringComparison.Ordinal)).Select(setting => setting.Key));
    }

    [Theory]
    [InlineData("Payments:Sandbox:Enabled", "no", "true or false")]
    [InlineData("RateLimits:OrdersPerMinute", "abc", "a whole number from 1 to 1000000")]
    [InlineData("RateLimits:OrdersPerMinute", "-1", "a whole number from 1 to 1000000")]
    [InlineData("Outbox:BatchSize", "0", "a whole number from 1 to 10000")]
    [InlineData("Outbox:BaseDelay", "5", "a time from 00:00:00.1 to 01:00:00")]
    [InlineData("Maintenance:SweepSeconds", "-5", "a whole number from 1 to 86400")]
    [InlineData("Payouts:Currencies:CNY:MinimumMinor", "-1", "a whole number from 1 to 1000000000000")]
    [InlineData("Ordering:ReserveMinutes", "0", "a whole number from 1 to 1440")]
    [InlineData("PlatformDomain", "http://market.example/", "a domain like market.example, without a scheme, port or path")]
    [InlineData("Shops:DnsServer", "bogus:host:1", "an address like 1.1.1.1 or 127.0.0.1:5353")]
    [InlineData("Database:Provider", "MySql", "Sqlite or Postgres")]
    [InlineData("Proxies:1", "proxy.example", "an IP address or a network like 10.0.0.0/8")]
    [InlineData("Localization:DefaultCulture", "klingon", "a language like zh-CN or en")]
    public void A_value_that_a_setting_cannot_have_is_refused_with_what_it_may_be(string key, string value, string wants) =>
        Assert.Equal($"LinkShop:{key}: '{value}' — {wants}.", Refused((key, value)));

    [Theory]
    [InlineData("Outbox:BatchSise", "; did you mean LinkShop:Outbox:BatchSize?")]
    [InlineData("RateLimit:ordersPerMinute", "; did you mean LinkShop:RateLimits:OrdersPerMinute?")]
    [InlineData("Databases:east:Foldr", "; did you mean LinkShop:Databases:east:Folder?")]
    [InlineData("SweepSeconds", "; did you mean LinkShop:Maintenance:SweepSeconds?")]
    [InlineData("Payouts:Currencies:cny:FeeMinor", "; did you mean LinkShop:Payouts:Currencies:{Code}:FeeMinor?")]
    [InlineData("Colour", ".")]
    public void A_setting_that_there_is_not_is_refused_with_the_nearest_one(string key, string rest) => Assert.Equal($"LinkShop:{key} isn't a setting{rest}", Refused((key, "1")));

    [Fact]
    public void Settings_that_do_not_go_together_are_refused()
    {
        Assert.Equal("LinkShop:Database:ConnectionString is missing; PostgreSQL needs it.", Refused(("Database:Provider", "Postgres")));
        Assert.StartsWith("LinkShop:Databases:east:Folder is missing", Refused(("Databases:east:ConnectionString", "Host=db2")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_no_secret_with_them()
    {
        var told = Refused(("Outbox:BatchSize", "x"), ("Shops:MaxPerOwner", "y"), ("Database:ConnectionString", "Password=hidden"));
        Assert.Contains("BatchSize", told, StringComparison.Ordinal);
        Assert.Contains("MaxPerOwner", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PlatformDomain", "")]
    [InlineData("PlatformDomain", ".market.example")]
    [InlineData("Shops:DnsServer", "127.0.0.1:9")]
    [InlineData("Shops:DnsServer", "")]
    [InlineData("Shops:DomainTarget", "2001:db8::1")]
    [InlineData("proxies:0", "10.0.0.0/8")]
    [InlineData("Proxies", "")]
    [InlineData("Outbox:MinInterval", "00:00:00")]
    [InlineData("Databases:east:Folder", "/srv/east")]
    [InlineData("Localization:SupportedCultures:0", "zh-CN")]
    [InlineData("Payouts:Currencies:USD:MinimumMinor", "500")]
    public void What_a_setting_may_be_is_taken(string key, string value) => SettingsCheck.Check(Configuration((key, value)));

    private static string Refused(params (string Key, string Value)[] settings) => Assert.Throws<SettingsException>(() => SettingsCheck.Check(Configuration(settings))).Message;

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => "LinkShop:" + s.Key, string? (s) => s.Value)).Build();

    private static IEnumerable<string> KeysOf(string section, Type type)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.PropertyType is { IsGenericType: true } map)
                foreach (var key in KeysOf($"{section}:{property.Name}:{{Code}}", map.GetGenericArguments()[1]))
                    yield return key;
            else if (property.CanWrite)
                yield return $"{section}:{property.Name}";
        }
    }

    [GeneratedRegex(@"""LinkShop:([A-Za-z]+(?::[A-Za-z]+)*)")]
    private static partial Regex Key();

    [GeneratedRegex(@"GetSection\(""LinkShop:([A-Za-z:]+)""\)\.Bind\(")]
    private static partial Regex Binding();
}
