using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Sessions that are older than what was changed about their account.</summary>
[Collection("shops in this process")]
public sealed class StaleSessionTests(ShopRoutes shops)
{
    [Fact]
    public async Task A_session_that_a_new_stamp_has_ended_is_signed_out_within_a_minute_on_the_platform_and_in_a_shop()
    {
        foreach (var tenant in new[] { ShellSettings.DefaultShellName, shops.Shops["ann"] })
        {
            await shops.InAsync(tenant, async services =>
            {
                var users = services.GetRequiredService<UserManager<IUser>>();
                var user = new User { UserName = "stale", Email = "stale@mail.example" };
                Assert.True((await users.CreateAsync(user)).Succeeded);
                var principal = await services.GetRequiredService<IUserService>().CreatePrincipalAsync(user);
                Assert.NotNull(await ValidateAsync(services, principal));
                Assert.True((await users.UpdateSecurityStampAsync(user)).Succeeded);
                Assert.Null(await ValidateAsync(services, principal));
            });
        }
    }

    /// <summary>What the cookie's look at a request leaves of somebody who signed in two minutes ago.</summary>
    internal static async Task<ClaimsPrincipal?> ValidateAsync(IServiceProvider services, ClaimsPrincipal principal, AuthenticationProperties? kept = null)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var scheme = (await services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(IdentityConstants.ApplicationScheme))!;
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme.Name);
        var properties = new AuthenticationProperties(kept?.Items ?? new Dictionary<string, string?>()) { IssuedUtc = DateTimeOffset.UtcNow.AddMinutes(-2) };
        var ticket = new AuthenticationTicket(principal, properties, scheme.Name);
        var context = new CookieValidatePrincipalContext(http, scheme, options, ticket);
        await services.GetRequiredService<ISecurityStampValidator>().ValidateAsync(context);
        return context.Principal;
    }
}
