using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Backups;

/// <summary>
/// Copies the databases, each as of one moment, then the other files. Orders and money come first and the pages' database later, because orders name goods and keys of the key ring that
/// must be in the copy too; pictures come last, because pages name them. What is newer than what names it does no harm.
/// </summary>
internal sealed class BackupCopy(string dataPath, IReadOnlyDictionary<string, string> places, TextWriter output)
{
    /// <summary>Where the databases of placed shops are in a backup.</summary>
    public const string Places = "databases";

    private static readonly string[] Databases = ["commerce.db", "content.db"];

    /// <summary>Writes the backup and verifies it; false: the copy isn't sound, or a shop moved meanwhile.</summary>
    /// <param name="target">A folder that isn't there yet.</param>
    public async Task<bool> WriteAsync(string target)
    {
        var partial = target + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        CreatePrivate(partial);
        var moves = await MovesAsync();
        foreach (var database in Databases)
        {
            await SnapshotAsync(dataPath, partial, database);
            foreach (var (name, folder) in places)
                await SnapshotAsync(folder, Path.Combine(partial, Places, name), database);
        }

        CopyFiles(partial);
        KeepPrivate(partial);
        if (moves.Open || moves != await MovesAsync())
        {
            await output.WriteLineAsync("A shop is being moved to another database, so the copies are not of one state. Wait until the move is done, then make the backup again.");
            return false;
        }

        await output.WriteLineAsync("Verifying the copy …");
        var report = await VerifyCommand.ReportAsync(CopysSettings(partial));
        if (!report.Ok)
        {
            await output.WriteLineAsync($"The copy breaks a rule (verify tells whether the installation does, too): {report.ToJson()}");
            return false;
        }

        Directory.Move(partial, target);
        await output.WriteLineAsync($"The backup is in {target}");
        return true;
    }

    private async Task SnapshotAsync(string folder, string into, string database)
    {
        var source = Path.Combine(folder, database);
        if (!File.Exists(source))
            return;
        Directory.CreateDirectory(into);
        await output.WriteLineAsync($"Copying {source} …");
        await using var connection = await OpenAsync(source);
        await using var command = connection.CreateCommand();
        // reads one state of the log while others go on writing
        command.CommandText = "vacuum into $to";
        command.Parameters.AddWithValue("$to", Path.Combine(into, database));
        await command.ExecuteNonQueryAsync();
    }

    private void CopyFiles(string partial)
    {
        output.WriteLine("Copying pictures and other files …");
        foreach (var file in Directory.EnumerateFiles(dataPath, "*", SearchOption.AllDirectories))
        {
            var isDatabase = Path.GetFileName(file) is var name && (name.EndsWith(".db", StringComparison.Ordinal) || name.EndsWith(".db-wal", StringComparison.Ordinal) || name.EndsWith(".db-shm", StringComparison.Ordinal));
            if (isDatabase || places.Values.Any(folder => BackupCommand.IsBelow(file, Path.GetFullPath(folder))))
                continue;
            var to = Path.Combine(partial, Path.GetRelativePath(dataPath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    // from the first moment: what is copied into it is nobody else's to read meanwhile
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // wherever it is copied to from here
    private static void KeepPrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(below, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    // a shop that moves between the copies of two databases would be in both or in neither
    private async Task<(bool Open, long Last)> MovesAsync()
    {
        await using var connection = await OpenAsync(Path.Combine(dataPath, "content.db"));
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) filter (where state <> 'Done'), coalesce(max(changed), 0) from shop_move";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0) > 0, reader.GetInt64(1));
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private Dictionary<string, string?> CopysSettings(string copy)
    {
        var settings = places.Keys.ToDictionary(name => $"LinkShop:Databases:{name}:Folder", string? (name) => Path.Combine(copy, Places, name));
        settings["LinkShop:DataPath"] = copy;
        return settings;
    }
}
