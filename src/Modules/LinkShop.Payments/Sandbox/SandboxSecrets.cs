using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace LinkShop.Payments.Sandbox;

/// <summary>Decrypted secrets by tenant. An entry is good as long as the stored text it was made from is the tenant's present one, so nobody has to invalidate it.</summary>
public sealed class SandboxSecretCache : ConcurrentDictionary<string, (string Protected, byte[] Secret)>;

/// <summary>Reads and changes the sandbox's secret of a tenant.</summary>
public sealed class SandboxSecrets(
    ISiteService sites, IDataProtectionProvider protection, SandboxSecretCache cache, SandboxOptions options, TenantScope scope, ILogger<SandboxSecrets> logger)
{
    /// <summary>The secret, or null while there is none, or no sandbox.</summary>
    internal async ValueTask<byte[]?> GetAsync()
    {
        if (!options.Enabled)
        {
            return null;
        }

        if (options.Configured)
        {
            return options.Secret;
        }

        // The site settings are cached by the host and change everywhere when one process changes them: that's what makes this cache right.
        var site = await sites.GetSiteSettingsAsync();
        var stored = site.As<SandboxSettings>().ProtectedSecret;
        if (string.IsNullOrEmpty(stored))
        {
            return null;
        }

        return cache.TryGetValue(scope.Tenant, out var entry) && (ReferenceEquals(entry.Protected, stored) || entry.Protected == stored)
            ? entry.Secret
            : Decrypt(stored);
    }

    /// <summary>Sets a secret of at least 32 characters.</summary>
    internal async Task SetAsync(string secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, SandboxOptions.MinLength);
        var site = await sites.LoadSiteSettingsAsync();
        site.Alter<SandboxSettings>(settings => settings.ProtectedSecret = Protector().Protect(secret));
        await sites.UpdateSiteSettingsAsync(site);
    }

    /// <summary>Takes the secret away; the provider can't be used then.</summary>
    internal async Task ClearAsync()
    {
        var site = await sites.LoadSiteSettingsAsync();
        site.Put(new SandboxSettings());
        await sites.UpdateSiteSettingsAsync(site);
    }

    /// <summary>64 random hexadecimal digits.</summary>
    internal static string Generate() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    private byte[]? Decrypt(string stored)
    {
        try
        {
            var secret = Encoding.UTF8.GetBytes(Protector().Unprotect(stored));
            cache[scope.Tenant] = (stored, secret);
            return secret;
        }
        catch (CryptographicException e)
        {
            logger.LogError(e, "The sandbox secret of tenant {Tenant} can't be decrypted: its key is gone. Set a new secret in the admin.", scope.Tenant);
            return null;
        }
    }

    private IDataProtector Protector() => protection.CreateProtector("LinkShop.Payments.Sandbox", scope.Tenant);
}
