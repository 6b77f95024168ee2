using OrchardCore;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Creates the account of the person who sets the site up.</summary>
internal sealed class UsersSetupHandler(IUserService userService) : ISetupEventHandler
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
        await userService.CreateUserAsync(user, Value(context, SetupConstants.AdminPassword) ?? "", (key, message) => context.Errors[key] = message);
    }

    private static string? Value(SetupContext context, string key) => context.Properties.TryGetValue(key, out var value) ? value?.ToString() : null;
}
