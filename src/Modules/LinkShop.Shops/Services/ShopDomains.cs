using System.Text.RegularExpressions;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>Hosts of its own at which a shop answers: the setting <c>Domains</c> of its tenant, separated by commas, which the host reads.</summary>
public sealed partial class ShopDomains(IShellHost host)
{
    private const string Key = "Domains";
    private const int Most = 10;

    /// <summary>The list as it is stored, or null.</summary>
    public string? Of(string shop) => host.TryGetSettings(shop, out var settings) ? settings[Key] : null;

    /// <summary>Stores it; false when something in it isn't a host name.</summary>
    public async Task<bool> SaveAsync(string shop, string? hosts)
    {
        if (!host.TryGetSettings(shop, out var settings) || settings["RecipeName"] != ShopOpening.RecipeName)
            return false;
        var names = (hosts ?? "").ToLowerInvariant().Split([',', ' ', '\n', '\r', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        if (names.Length > Most || !names.All(name => name.Length <= 253 && Name().IsMatch(name)))
            return false;
        var changed = new ShellSettings(settings) { [Key] = names.Length == 0 ? null : string.Join(',', names) };
        await host.UpdateShellSettingsAsync(changed);
        return true;
    }

    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\z")]
    private static partial Regex Name();
}
