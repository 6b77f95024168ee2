using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using Microsoft.Extensions.Hosting;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Brings the schema up to date and undoes interrupted imports before anything else of the library runs.</summary>
internal sealed class CommerceStartup(ICommerceDatabase database, IKeyImporter importer) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await importer.RecoverAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
