using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Users;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Tokens that go by mail: good once, as they hold the account's stamp, which their use changes, and for an hour.</summary>
internal static class MailedTokens
{
    /// <summary>What every feature that mails them needs.</summary>
    public static void AddMailedTokens(this IServiceCollection services)
    {
        services.TryAddScoped<DataProtectorTokenProvider<IUser>>();
        services.Configure<IdentityOptions>(options =>
        {
            options.Tokens.PasswordResetTokenProvider = TokenOptions.DefaultProvider;
            options.Tokens.ChangeEmailTokenProvider = TokenOptions.DefaultProvider;
            options.Tokens.ProviderMap[TokenOptions.DefaultProvider] = new TokenProviderDescriptor(typeof(DataProtectorTokenProvider<IUser>));
        });
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(1));
        services.TryAddSingleton<MailLimiter>();
        services.TryAddScoped<SiteRoot>();
    }

    /// <summary>The token as a link has it.</summary>
    public static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    /// <summary>The token of a link; null when it is none.</summary>
    public static string? Decode(string? code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code ?? ""));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
