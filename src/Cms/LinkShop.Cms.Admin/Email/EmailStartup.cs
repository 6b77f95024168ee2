using LinkShop.Cms.Admin.Menus;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Email;

[Feature("OrchardCore.Email")]
internal sealed class EmailStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IEmailService, EmailService>();
        services.AddScoped<SmtpPasswords>();
        services.AddScoped<PlatformSmtp>();
        services.AddSiteDisplayDriver<SmtpSettingsDriver>();
        services.AddScoped<IPermissionProvider, EmailPermissionProvider>();
        services.AddNavigationProvider<EmailMenu>();
        services.AddNavigationProvider<OutboxMenu>();
    }
}
