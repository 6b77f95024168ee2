using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Media;
using OrchardCore.Media.Events;

namespace LinkShop.Shops.Handlers;

/// <summary>No media above the plan, and the number of what there is kept with each file. The store is asked for late: it asks for this.</summary>
internal sealed class PlanMedia(PlanLimits limits, IShopStorage storage, ShellSettings shell, IServiceProvider services) : IMediaCreatingEventHandler, IMediaEventHandler
{
    private readonly Dictionary<string, long> _going = new(StringComparer.Ordinal);

    // what was taken for files that this scope writes
    private readonly Dictionary<string, (long? Before, long More)> _taken = new(StringComparer.Ordinal);
    private bool _looksAgain;

    private IMediaFileStore Media => services.GetRequiredService<IMediaFileStore>();

    public async Task<Stream> MediaCreatingAsync(MediaCreatingContext context, Stream creatingStream)
    {
        // a file that is written over leaves its room
        var present = (await Media.GetFileInfoAsync(context.Path))?.Length;
        var more = (creatingStream.CanSeek ? creatingStream.Length : 0) - (present ?? 0);
        await limits.FileAsync(Media, more);
        if (!_looksAgain)
            ShellScope.AddDeferredTask(ReturnAsync);
        _looksAgain = true;
        // the first look of this scope counts: what a failed write left is as it was then
        var first = _taken.GetValueOrDefault(context.Path, (present, 0));
        _taken[context.Path] = (first.Item1, first.Item2 + more);
        return creatingStream;
    }

    // no event tells that a write failed, so what is there in the end says it
    private async Task ReturnAsync(ShellScope scope)
    {
        var media = scope.ServiceProvider.GetRequiredService<IMediaFileStore>();
        foreach (var (path, (before, more)) in _taken)
        {
            if (more != 0 && (await media.GetFileInfoAsync(path))?.Length == before)
                await storage.TakeAsync(PlatformTenant.Scope, shell.Name, -more, null);
        }
    }

    public async Task MediaDeletingFileAsync(MediaDeletingContext context) => _going[context.Path] = (await Media.GetFileInfoAsync(context.Path))?.Length ?? 0;

    public async Task MediaDeletedFileAsync(MediaDeletedContext context)
    {
        // it was written, and goes with all that was taken for it
        if (context.Result)
            _taken.Remove(context.Path);
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
