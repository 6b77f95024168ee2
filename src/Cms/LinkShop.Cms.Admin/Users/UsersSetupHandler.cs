using Microsoft.AspNetCore.Identity;
using OrchardCore;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Creates the account of the person who sets the site up.</summary>
internal sealed class UsersSetupHandler(IUserService userService, UserManager<IUser> userManager) : ISetupEventHandler
{
    public async Task SetupAsync(SetupContext context)
    {
        // A shop that a recipe creates may have no account of its own at first.
        if (Value(context, SetupConstants.AdminUsername) is not { Length: > 0 } name) return;
        var user = new User
        {
            UserId = Value(context, SetupConstants.AdminUserId) ?? "",
            UserName = name,
            Email = Value(context, SetupConstants.AdminEmail),
            EmailConfirmed = true,
            RoleNames = [OrchardCoreConstants.Roles.Administrator],
        };
        var password = Value(context, SetupConstants.AdminPassword) ?? "";
        // A set-up that was interrupted is run again, with a new password.
        if (await userManager.FindByNameAsync(name) is { } earlier) await userManager.DeleteAsync(earlier);
        await userService.CreateUserAsync(user, password, (key, message) => context.Errors[key] = context.Errors.TryGetValue(key, out var earlierMessage) ? earlierMessage + " " + message : message);
    }

    private static string? Value(SetupContext context, string key) => context.Properties.TryGetValue(key, out var value) ? value?.ToString() : null;
}
