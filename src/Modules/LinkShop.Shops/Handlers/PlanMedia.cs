using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;
using OrchardCore.Media.Events;

namespace LinkShop.Shops.Handlers;

/// <summary>No media above the plan, and the number of what there is kept with each file. The store is asked for late: it asks for this.</summary>
internal sealed class PlanMedia(PlanLimits limits, IShopStorage storage, ShellSettings shell, IServiceProvider services) : IMediaCreatingEventHandler, IMediaEventHandler
{
    private readonly Dictionary<string, long> _going = new(StringComparer.Ordinal);

    private IMediaFileStore Media => services.GetRequiredService<IMediaFileStore>();

    public async Task<Stream> MediaCreatingAsync(MediaCreatingContext context, Stream creatingStream)
    {
        // a file that is written over leaves its room
        var present = await Media.GetFileInfoAsync(context.Path);
        await limits.FileAsync(Media, (creatingStream.CanSeek ? creatingStream.Length : 0) - (present?.Length ?? 0));
        return creatingStream;
    }

    public async Task MediaDeletingFileAsync(MediaDeletingContext context) => _going[context.Path] = (await Media.GetFileInfoAsync(context.Path))?.Length ?? 0;

    public async Task MediaDeletedFileAsync(MediaDeletedContext context)
    {
        if (_going.Remove(context.Path, out var length) && context.Result && length > 0)
            await storage.TakeAsync(PlatformTenant.Scope, shell.Name, -length, null);
    }

    // only files take room
    public Task MediaDeletingDirectoryAsync(MediaDeletingContext context) => Task.CompletedTask;

    // a whole folder with files in it is counted anew when there is no room
    public Task MediaDeletedDirectoryAsync(MediaDeletedContext context) => Task.CompletedTask;

    public Task MediaMovingAsync(MediaMoveContext context) => Task.CompletedTask;

    public Task MediaMovedAsync(MediaMoveContext context) => Task.CompletedTask;

    public Task MediaCreatingDirectoryAsync(MediaCreatingContext context) => Task.CompletedTask;

    public Task MediaCreatedDirectoryAsync(MediaCreatedContext context) => Task.CompletedTask;
}
