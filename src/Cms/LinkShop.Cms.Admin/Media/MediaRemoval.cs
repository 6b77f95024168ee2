using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Modules;

namespace LinkShop.Cms.Admin.Media;

/// <summary>A removed tenant's media files go with it.</summary>
internal sealed class MediaRemoval(TenantFolders folders) : ModularTenantEvents
{
    public override Task RemovingAsync(ShellRemovingContext context)
    {
        if (Directory.Exists(folders.Media)) Directory.Delete(folders.Media, recursive: true);
        return Task.CompletedTask;
    }
}
