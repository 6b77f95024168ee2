using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;
using OrchardCore.Setup.Events;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Services;
using YesSql;

namespace LinkShop.Cms.Admin.Users;

[Feature("OrchardCore.Users")]
internal sealed class UsersStartup : StartupBase
{
    public override int ConfigureOrder => -150;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddIdentityCore<IUser>(options =>
            {
                // Length is what makes a password strong; rules about kinds of characters make people write it down.
                options.Password = new PasswordOptions
                {
                    RequiredLength = 8,
                    RequiredUniqueChars = 4,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                options.User.RequireUniqueEmail = false;
            })
            .AddSignInManager()
            .AddErrorDescriber<LocalizedIdentityErrors>()
            .AddClaimsPrincipalFactory<UserPrincipalFactory>();
        services.Replace(ServiceDescriptor.Scoped<IUserConfirmation<IUser>, EnabledUserConfirmation>());
        services.AddScoped<IUserStore<IUser>, UserStore>();
        services.AddScoped<IUserService, UserService>();
        services.AddScoped<IThemeSelector, AccountThemeSelector>();
        services.AddSingleton<LoginLimiter>();
        services.AddSingleton<RegistrationLimiter>();
        services.AddIndexProvider<UserIndexProvider>();
        services.AddDataMigration<UsersMigrations>();
        services.AddRecipeExecutionStep<UsersStep>();
        services.AddScoped<ISetupEventHandler, UsersSetupHandler>();
        services.AddScoped<IPermissionProvider, UsersPermissionProvider>();
        services.AddNavigationProvider<LinkShop.Cms.Admin.Menus.UsersAdminMenu>();
        AddCookie(services);
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    // Name, path and keys of the cookie are the tenant's own; the host sees to that for every cookie.
    private static void AddCookie(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.LoginPath = "/Login";
            options.LogoutPath = "/Users/LogOff";
            options.Events.OnValidatePrincipal = ValidateAsync;
            options.Events.OnRedirectToAccessDenied = RefuseAsync;
            options.Events.OnRedirectToLogin = AskToSignInAsync;
        })
        // Nobody has one; but who is signed out as the stamp is another one is signed out of this too, and that fails when there is no such scheme.
        .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<IUser>>();
        // A locked, disabled or changed account is signed out everywhere within this time.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    // The stamp is looked at once a minute; whether the account is there and may sign in, at each request: deleted or disabled, it is out at once on every device.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || await context.HttpContext.RequestServices.GetRequiredService<YesSql.ISession>().QueryIndex<UserIndex>(index => index.UserId == id && index.IsEnabled).CountAsync() > 0)
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    // The page for this status is the host's; an address of its own would only lose the one that was asked for.
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // People are led to a page, programs are told.
    private static Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
