using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Modules;

namespace LinkShop.Cms.Content.Data;

/// <summary>A removed tenant's documents go with it.</summary>
internal sealed class TenantDocumentsRemoval(DocumentSession session) : ModularTenantEvents
{
    public override Task RemovingAsync(ShellRemovingContext context) => session.DeleteEverythingAsync();
}
