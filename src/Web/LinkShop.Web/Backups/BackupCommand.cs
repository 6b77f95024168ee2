using LinkShop.Commerce.Placement;
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
        var configuration = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }).Configuration;
        configuration.AddLinkShopDefaults();
        var places = DatabaseNames.Read(configuration);
        if (DatabaseNames.IsPostgres(configuration))
            return await RefuseAsync("On PostgreSQL use pg_dump for each database, then copy the data folder (docs/operations.md, Backups).");
        var dataPath = configuration["LinkShop:DataPath"]!;
        if (!File.Exists(Path.Combine(dataPath, "content.db")))
            return await RefuseAsync($"There is no installation in {dataPath}. LinkShop:DataPath says where it is (environment: LinkShop__DataPath).");
        var target = Path.GetFullPath(to);
        if (Path.Exists(target))
            return await RefuseAsync($"{target} is there already. Name a new folder, for example one with today's date.");
        if (IsBelow(target, dataPath))
            return await RefuseAsync($"{target} is in the data folder itself. Name a folder outside of {dataPath}, best on another disk.");
        try
        {
            return await new BackupCopy(dataPath, places, Console.Out).WriteAsync(target) ? 0 : 1;
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
