using System.Security.Claims;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Shops.Services;

/// <summary>
/// Who is in a shop by an account of the platform stays only while that account may: the owner while it isn't disabled and the shop is theirs, the platform's people while they may
/// enter shops and this one isn't their own; and only while the account's security stamp is the one of the session they came from, which a new password or signing out everywhere changes.
/// Looked up at each of their requests, so that it ends at once; buyers and the shop's own staff are asked as everywhere.
/// </summary>
internal sealed class PlatformSessions(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<IUser> signIn, ILoggerFactory loggers, IShops shops, ISiteService sites, ShellSettings shell, IShellHost host)
    : SecurityStampValidator<IUser>(options, signIn, loggers)
{
    // beside the principal, which is made anew of the shop's account every minute
    private const string Stamp = "linkshop.platform-stamp";

    /// <summary>What a session keeps of how somebody came in.</summary>
    /// <param name="visitor">Who comes.</param>
    public static AuthenticationProperties Of(ShopVisitor visitor) => new() { Items = { [Stamp] = visitor.Stamp } };

    public override async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await base.ValidateAsync(context);
        if (context.Principal is not { } visitor || await MayStayAsync(visitor, context.Properties.Items.TryGetValue(Stamp, out var stamp) ? stamp : null))
            return;
        context.RejectPrincipal();
        await SignInManager.SignOutAsync();
    }

    private async Task<bool> MayStayAsync(ClaimsPrincipal visitor, string? stamp)
    {
        var id = visitor.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var isStaff = ShopKeeper.IsStaff(id);
        var known = (await sites.GetSiteSettingsAsync()).As<ShopStatus>().OwnerId;
        if (!isStaff && id != known && !visitor.IsInRole(ShopKeeper.OwnerRole))
            // administrators come from the platform and from nowhere else
            return !visitor.IsInRole(OrchardCoreConstants.Roles.Administrator);
        // the shop learns of a new owner a moment later than the register
        var owner = (await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser;
        if (id == owner)
            return await IsGoodAsync(id, stamp, enters: false);
        // the role may have been withdrawn since the cookie was made
        if (await SignInManager.ValidateSecurityStampAsync(visitor) is not User user)
            return false;
        if (isStaff)
            return EntityExtensions.As<PlatformAccount>(user).UserId is { Length: > 0 } origin && origin != owner && await IsGoodAsync(origin, stamp, enters: true);
        return id != known;
    }

    /// <summary>Whether an account of the platform may sign in there, and enter shops, and a session that began with a stamp is still good. One without a stamp never is.</summary>
    private async Task<bool> IsGoodAsync(string account, string? stamp, bool enters)
    {
        var good = false;
        await (await host.GetScopeAsync(host.GetSettings(ShellSettings.DefaultShellName))).UsingAsync(async scope =>
        {
            var users = scope.ServiceProvider.GetRequiredService<IUserService>();
            good = await users.GetUserByUniqueIdAsync(account) is User { IsEnabled: true, SecurityStamp: { Length: > 0 } present } user
                && present == stamp
                && (!enters || await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(await users.CreatePrincipalAsync(user), PlatformPermissions.EnterShops));
        });
        return good;
    }
}
