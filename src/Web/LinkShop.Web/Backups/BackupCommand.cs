using LinkShop.Cms.Shell.Database;
using LinkShop.Commerce.Placement;
using LinkShop.Platform;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Backups;

/// <summary>
/// <c>LinkShop.Web -- backup --to FOLDER</c>: copies an installation on SQLite beside the running server, and verifies the copy. FOLDER must not exist; it appears when the backup is
/// whole. Exit code 0: done; 1: refused, or the copy isn't sound (it is then left as <c>FOLDER.partial</c>).
/// </summary>
internal static class BackupCommand
{
    private const string Usage = "backup --to FOLDER";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--to", { Length: > 0 } to])
            return await RefuseAsync(Usage);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddLinkShopDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddOrchardCms();
        builder.Services.AddLinkShopPlatform();
        using var host = builder.Build(); // not started: it is only asked where everything is
        var cms = host.Services.GetRequiredService<ICmsDatabase>();
        if (cms.Provider != CmsDatabaseProvider.Sqlite)
            return await RefuseAsync("On PostgreSQL use pg_dump for each database, then copy the data folder (docs/operations.md, Backups).");
        var target = Path.GetFullPath(to);
        if (Path.Exists(target))
            return await RefuseAsync($"{target} is there already. Name a new folder, for example one with today's date.");
        if (IsBelow(target, cms.DataPath))
            return await RefuseAsync($"{target} is in the data folder itself. Name a folder outside of {cms.DataPath}, best on another disk.");
        try
        {
            var copy = new BackupCopy(cms.DataPath, DatabaseNames.Read(builder.Configuration), Console.Out);
            return await copy.WriteAsync(target) ? 0 : 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            return await RefuseAsync($"There is no backup: {error.Message}");
        }
    }

    internal static bool IsBelow(string path, string folder) => Path.TrimEndingDirectorySeparator(path).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }
}
