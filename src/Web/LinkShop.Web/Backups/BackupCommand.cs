using LinkShop.Commerce.Placement;

namespace LinkShop.Web.Backups;

/// <summary>
/// <c>LinkShop.Web -- backup --to FOLDER</c>: copies an installation on SQLite beside the running server, and verifies the copy. FOLDER must not exist; it appears when the backup is
/// whole. Nobody but its owner can read it. Exit code 0: done; 1: refused, or the copy isn't sound (it is then left as <c>FOLDER.partial</c>); 2: the command line wasn't understood.
/// </summary>
internal static class BackupCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["--to", { Length: > 0 } to])
            return await Commands.RefuseAsync("backup takes --to FOLDER and nothing else");
        try
        {
            return await RunAsync(to);
        }
        catch (Exception error) when (Failure.IsPlain(error))
        {
            return await RefuseAsync($"There is no backup: {Failure.Of(error)}");
        }
    }

    private static async Task<int> RunAsync(string to)
    {
        var configuration = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }).Configuration;
        configuration.AddLinkShopDefaults();
        if (DatabaseNames.IsPostgres(configuration))
            return await RefuseAsync("On PostgreSQL use pg_dump for each database, then copy the data folder (docs/operations.md, Backups).");
        if (await StoredInstallation.MissingAsync(configuration) is var (_, missing))
            return await RefuseAsync(missing);
        var dataPath = configuration["LinkShop:DataPath"]!;
        var target = Path.GetFullPath(to);
        if (Path.Exists(target))
            return await RefuseAsync($"{target} is there already. Name a new folder, for example one with today's date.");
        if (IsBelow(target, dataPath))
            return await RefuseAsync($"{target} is in the data folder itself. Name a folder outside of {dataPath}, best on another disk.");
        return await new BackupCopy(dataPath, DatabaseNames.Read(configuration), Console.Out).WriteAsync(target) ? 0 : 1;
    }

    internal static bool IsBelow(string path, string folder) => Path.TrimEndingDirectorySeparator(path).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }
}
