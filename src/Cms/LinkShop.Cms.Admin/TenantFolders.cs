using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Admin;

/// <summary>Where a tenant's own files are.</summary>
internal sealed class TenantFolders(ShellSettings tenant, IConfiguration configuration, IHostEnvironment environment)
{
    public string Media => Of("Media");

    /// <summary>Mails that no server was there for.</summary>
    public string Outbox => Of("Outbox");

    private string Of(string name) => Path.GetFullPath(Path.Combine(
        environment.ContentRootPath, configuration["LinkShop:DataPath"] ?? "App_Data", "Sites", tenant.Name, name));
}
