using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.Users;

/// <summary>The principal names the user's roles; what they grant is looked up at each request.</summary>
internal sealed class UserPrincipalFactory(UserManager<IUser> userManager, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<IUser>(userManager, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(IUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        foreach (var role in ((User)user).RoleNames) identity.AddClaim(new Claim(Options.ClaimsIdentity.RoleClaimType, role));
        return identity;
    }
}

/// <summary>A disabled account may not stay signed in, nor sign in again.</summary>
internal sealed class EnabledUserConfirmation : IUserConfirmation<IUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<IUser> manager, IUser user) => Task.FromResult(((User)user).IsEnabled);
}
