using LinkShop.Cms.Shell.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LinkShop.Cms.Shell.Security;

/// <summary>Key ring in the content database, so that all processes share it and a restart keeps people signed in.</summary>
internal static class DataProtectionRegistrations
{
    internal static void AddToHost(IServiceCollection services)
    {
        // that keys are readable to whoever can read the database is a choice, not something to be warned of at each start
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection(options => options.ApplicationDiscriminator = "LinkShop");
        services.AddSingleton<HostDataProtection>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(sp => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new DatabaseKeyRepository(sp.GetRequiredService<ICmsDatabase>())));
    }
}
