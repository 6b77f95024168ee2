using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;
using OrchardCore.Setup.Events;
using OrchardCore.Users;
using OrchardCore.Users.Services;

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
        services.AddIndexProvider<UserIndexProvider>();
        services.AddDataMigration<UsersMigrations>();
        services.AddRecipeExecutionStep<UsersStep>();
        services.AddScoped<ISetupEventHandler, UsersSetupHandler>();
        services.AddScoped<IPermissionProvider, UsersPermissionProvider>();
        services.AddNavigationProvider<LinkShop.Cms.Admin.Menus.UsersAdminMenu>();
        AddCookie(services);
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) => app.UseAuthentication();

    private static void AddCookie(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "linkshop_signin";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.CookieManager = new TenantCookieManager();
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.LoginPath = "/Login";
            options.LogoutPath = "/Users/LogOff";
            options.AccessDeniedPath = "/AccessDenied";
            options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
            options.Events.OnRedirectToAccessDenied = AnswerAccessDenied;
            options.Events.OnRedirectToLogin = AnswerSignInNeeded;
        });
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>>(provider => new ProtectByTenant(provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<IUser>>();
        // A locked, disabled or changed account is signed out everywhere within this time.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    // Scripts get a status that says what is wrong, people a page.
    private static Task AnswerAccessDenied(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context)
        => Answer(context, StatusCodes.Status403Forbidden);

    private static Task AnswerSignInNeeded(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context)
        => Answer(context, StatusCodes.Status401Unauthorized);

    private static Task Answer(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int statusForScripts)
    {
        var accept = context.Request.Headers.Accept.ToString();
        if (context.Request.Path.StartsWithSegments("/api") || accept.Contains("json", StringComparison.OrdinalIgnoreCase))
            context.Response.StatusCode = statusForScripts;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private sealed class ProtectByTenant(IDataProtectionProvider provider) : IPostConfigureOptions<CookieAuthenticationOptions>
    {
        public void PostConfigure(string? name, CookieAuthenticationOptions options)
        {
            if (name == IdentityConstants.ApplicationScheme) options.TicketDataFormat = new TenantTicketFormat(provider);
        }
    }
}
