using System.Globalization;
using System.Net;

namespace LinkShop.Web.Settings;

/// <summary>What the value of a setting may be.</summary>
/// <param name="Wants">That in words, to stand behind a value that isn't it.</param>
/// <param name="Fits">Whether a value is it.</param>
internal sealed record SettingKind(string Wants, Func<string, bool> Fits)
{
    public static readonly SettingKind YesNo = new("true or false", value => bool.TryParse(value, out _));

    public static readonly SettingKind Proxy = new("an IP address or a network like 10.0.0.0/8", value => IPAddress.TryParse(value, out _) || IPNetwork.TryParse(value, out _));

    public static readonly SettingKind NameServer = new("an address like 1.1.1.1 or 127.0.0.1:5353", value => Unset(value) || IPEndPoint.TryParse(value, out _));

    public static readonly SettingKind Domain = new("a domain like market.example, without a scheme, port or path", value => Unset(value) || Uri.CheckHostName(value.Trim().Trim('.')) == UriHostNameType.Dns);

    public static readonly SettingKind HostName = new("a name like shops.market.example, or an IP address", value => Unset(value) || Uri.CheckHostName(value.Trim()) != UriHostNameType.Unknown);

    public static readonly SettingKind Culture = new("a language like zh-CN or en", IsCulture);

    /// <summary>Anything.</summary>
    /// <param name="wants">What it is, in words.</param>
    public static SettingKind Any(string wants) => new(wants, _ => true);

    /// <summary>One of some words, however they are spelt in capitals and small letters.</summary>
    public static SettingKind OneOf(params string[] words) => new(string.Join(" or ", words), value => words.Contains(value, StringComparer.OrdinalIgnoreCase));

    public static SettingKind Whole(long least, long most) => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        value => long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most);

    /// <summary>A time in the form hours:minutes:seconds.</summary>
    public static SettingKind Time(string least, string most)
    {
        var (from, until) = (TimeSpan.Parse(least, CultureInfo.InvariantCulture), TimeSpan.Parse(most, CultureInfo.InvariantCulture));
        // a number alone would be days
        return new($"a time from {least} to {most}", value => value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time >= from && time <= until);
    }

    // an empty environment variable is one that isn't set
    private static bool Unset(string value) => string.IsNullOrWhiteSpace(value);

    private static bool IsCulture(string value)
    {
        try
        {
            return value.Length > 0 && CultureInfo.GetCultureInfo(value, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
