using System.Security.Cryptography;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Platform;

namespace LinkShop.Web;

/// <summary>What the web application adds to the CMS host: configuration, the commerce services, the first administrator's password.</summary>
internal static class LinkShopHosting
{
    private const string PasswordKey = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword";

    public static void AddLinkShop(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddLinkShopDefaults();
        // Used only if this is the first start; the set-up then prints it, once. Nothing ships with a known password.
        if (string.IsNullOrEmpty(builder.Configuration[PasswordKey]))
        {
            builder.Configuration[PasswordKey] = NewPassword();
            builder.Configuration["LinkShop:AdminPasswordGenerated"] = "true";
        }
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddHostedService<NativeMemory>();
        builder.Services.AddLinkShopPlatform();
        builder.Services.AddLinkShopCommerce(builder.Configuration);
    }

    /// <summary>The data folder is made absolute once, so that every part of the application means the same one.</summary>
    public static void AddLinkShopDefaults(this ConfigurationManager configuration)
    {
        var path = Path.GetFullPath(configuration["LinkShop:DataPath"] is { Length: > 0 } given ? given : "App_Data");
        configuration["LinkShop:DataPath"] = path;
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
