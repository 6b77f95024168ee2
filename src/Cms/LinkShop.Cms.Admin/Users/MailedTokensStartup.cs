using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace LinkShop.Cms.Admin.Users;

[Feature("OrchardCore.Users.ResetPassword")]
internal sealed class ResetPasswordStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddMailedTokens();
        services.AddScoped<PasswordMail>();
    }
}

[Feature("OrchardCore.Users.ChangeEmail")]
internal sealed class ChangeEmailStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddMailedTokens();
        services.AddScoped<EmailChange>();
    }
}
