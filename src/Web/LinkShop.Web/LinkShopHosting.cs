using System.Security.Cryptography;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Platform;
using LinkShop.Web.Settings;

namespace LinkShop.Web;

/// <summary>What the web application adds to the CMS host: configuration, the commerce services, the first administrator's password.</summary>
internal static class LinkShopHosting
{
    private const string PasswordKey = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword";

    /// <exception cref="SettingsException">A setting is wrong; the message says which and why.</exception>
    public static void AddLinkShop(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddLinkShopDefaults();
        // Used only if this is the first start; the set-up then prints it, once. Nothing ships with a known password.
        if (string.IsNullOrEmpty(builder.Configuration[PasswordKey]))
        {
            builder.Configuration[PasswordKey] = NewPassword();
            builder.Configuration[PasswordKey + "Generated"] = "true";
        }
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddHostedService<NativeMemory>();
        builder.Services.AddSingleton<Health>();
        builder.Services.AddLinkShopPlatform();
        builder.Services.AddLinkShopCommerce(builder.Configuration);
    }

    /// <summary>Makes the data folder absolute once, so that every part of the application means the same one, and checks the settings.</summary>
    /// <exception cref="SettingsException">A setting is wrong; the message says which and why.</exception>
    public static void AddLinkShopDefaults(this ConfigurationManager configuration)
    {
        var path = Path.GetFullPath(configuration["LinkShop:DataPath"] is { Length: > 0 } given ? given : "App_Data");
        configuration["LinkShop:DataPath"] = path;
        SettingsCheck.Check(configuration);
        // Orchard Core reads its own data folder from the environment only
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ORCHARD_APP_DATA")))
            Environment.SetEnvironmentVariable("ORCHARD_APP_DATA", path);
    }

    private static string NewPassword()
    {
        const string letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
        // the suffix satisfies Identity's default rules whatever was drawn
        return RandomNumberGenerator.GetString(letters, 16) + "-aA1";
    }
}
