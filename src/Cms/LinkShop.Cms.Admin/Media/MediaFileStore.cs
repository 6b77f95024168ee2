using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardCore.Media.Events;

namespace LinkShop.Cms.Admin.Media;

/// <summary>Media files in a folder of the tenant's own.</summary>
internal sealed class MediaFileStore(TenantFolders folders, ShellSettings tenant, IEnumerable<IMediaCreatingEventHandler> handlers, IEnumerable<IMediaEventHandler> events, IStringLocalizer<MediaFileStore> S) : IMediaFileStore
{
    public Task<IFileStoreEntry?> GetFileInfoAsync(string path)
    {
        var file = MediaPath.Normalize(path) is { } normalized ? new FileInfo(Path.Combine(folders.Media, normalized)) : null;
        return Task.FromResult<IFileStoreEntry?>(file is { Exists: true } ? new Entry(folders.Media, file) : null);
    }

    public Task<IFileStoreEntry?> GetDirectoryInfoAsync(string path)
    {
        var folder = MediaPath.Normalize(path) is { } normalized ? new DirectoryInfo(Path.Combine(folders.Media, normalized)) : null;
        return Task.FromResult<IFileStoreEntry?>(folder is { Exists: true } ? new Entry(folders.Media, folder) : null);
    }

    public async IAsyncEnumerable<IFileStoreEntry> GetDirectoryContentAsync(string? path = null, bool includeSubDirectories = false)
    {
        await Task.CompletedTask;
        var folder = new DirectoryInfo(string.IsNullOrEmpty(path) ? folders.Media : Path.Combine(folders.Media, Checked(path)));
        if (!folder.Exists) yield break;
        var depth = includeSubDirectories ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        foreach (var entry in folder.EnumerateFileSystemInfos("*", depth)) yield return new Entry(folders.Media, entry);
    }

    public async Task<bool> TryDeleteFileAsync(string path)
    {
        var normalized = Checked(path);
        var full = Path.Combine(folders.Media, normalized);
        var deleting = new MediaDeletingContext { Path = normalized };
        foreach (var handler in events) await handler.MediaDeletingFileAsync(deleting);
        var deleted = new MediaDeletedContext { Path = normalized, Result = File.Exists(full) };
        if (deleted.Result) File.Delete(full);
        foreach (var handler in events) await handler.MediaDeletedFileAsync(deleted);
        return deleted.Result;
    }

    public Task<Stream> GetFileStreamAsync(string path)
    {
        var full = Path.Combine(folders.Media, Checked(path));
        return File.Exists(full) ? Task.FromResult<Stream>(File.OpenRead(full)) : throw new FileStoreException(S["There is no media file '{0}'.", path]);
    }

    public async Task<string> CreateFileFromStreamAsync(string path, Stream inputStream, bool overwrite = false)
    {
        var normalized = Checked(path);
        if (MediaPath.ContentTypeOf(normalized) is null) throw new FileStoreException(S["Files like '{0}' can't be stored: their kind isn't allowed.", path]);
        foreach (var handler in handlers) inputStream = await handler.MediaCreatingAsync(new MediaCreatingContext { Path = normalized }, inputStream);
        var full = Path.Combine(folders.Media, normalized);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // Written beside and moved, so that nobody is served half a file; under a short name, as the file's own may be as long as a name can be.
        var part = Path.Combine(Path.GetDirectoryName(full)!, $"{Guid.NewGuid():n}.part");
        try
        {
            await using (var output = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
                await inputStream.CopyToAsync(output);
            File.Move(part, full, overwrite);
        }
        catch (Exception failure)
        {
            File.Delete(part);
            if (failure is not IOException exception) throw;
            throw new FileStoreException(File.Exists(full) && !overwrite ? S["There is already a media file '{0}'.", path] : S["The media file '{0}' can't be written: {1}", path, exception.Message], exception);
        }

        return normalized;
    }

    public string MapPathToPublicUrl(string path)
    {
        var prefix = string.IsNullOrEmpty(tenant.RequestUrlPrefix) ? "" : "/" + tenant.RequestUrlPrefix;
        return $"{prefix}/media/{string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString))}";
    }

    private string Checked(string path) => MediaPath.Normalize(path) ?? throw new FileStoreException(S["'{0}' is not a path of a media file.", path]);

    private sealed class Entry(string root, FileSystemInfo info) : IFileStoreEntry
    {
        public string Path { get; } = System.IO.Path.GetRelativePath(root, info.FullName).Replace('\\', '/');

        public string Name => info.Name;

        public string DirectoryPath => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "";

        public long Length => info is FileInfo file ? file.Length : 0;

        public DateTime LastModifiedUtc => info.LastWriteTimeUtc;

        public bool IsDirectory => info is DirectoryInfo;
    }
}
