using System.Text;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Payments.Sandbox;

/// <summary>
/// What configuration says of the sandbox for all tenants: whether there is one at all (<c>LinkShop:Payments:Sandbox:Enabled</c>; whoever says nothing has none), and a secret
/// (<c>LinkShop:Payments:Sandbox:Secret</c>) for tests and benchmarks.
/// </summary>
public sealed class SandboxOptions
{
    /// <summary>Shorter secrets can be guessed from recorded callbacks.</summary>
    public const int MinLength = 32;

    /// <summary>Reads the configuration.</summary>
    public SandboxOptions(IConfiguration configuration)
    {
        var given = configuration["LinkShop:Payments:Sandbox:Secret"];
        Enabled = configuration.GetValue("LinkShop:Payments:Sandbox:Enabled", defaultValue: false);
        Configured = !string.IsNullOrEmpty(given);
        Refused = Configured && given!.Length < MinLength;
        Secret = Configured && !Refused ? Encoding.UTF8.GetBytes(given!) : null;
    }

    /// <summary>Whether orders can be paid without money, in any tenant that has the sandbox.</summary>
    public bool Enabled { get; }

    /// <summary>Whether configuration decides; the admin screen only shows it then.</summary>
    public bool Configured { get; }

    /// <summary>Whether what configuration says is too short; the provider is unusable then, whatever the settings say.</summary>
    public bool Refused { get; }

    internal byte[]? Secret { get; }
}

/// <summary>The tenant's settings, kept in its site settings.</summary>
internal sealed class SandboxSettings
{
    /// <summary>Encrypted with data protection; null until set.</summary>
    public string? ProtectedSecret { get; set; }
}
