using Npgsql;

namespace LinkShop.Testing;

/// <summary>
/// An installation as the demo's recipes set it up: made once in a test process, by the real server, and copied for every server that only has to begin with one. Setting it up takes longer than most tests.
/// What a recipe or a setting changes in a set-up begins without it.
/// </summary>
public static class Demo
{
    private static readonly Lazy<Task<string>> s_sqlite = new(() => SetUpAsync(null));
    private static readonly Lazy<Task<(string Folder, string Database)>> s_postgres = new(SetUpPostgresAsync);

    /// <summary>Options to start a server with that begins as the demo, in a database of its own. On PostgreSQL only where there is one.</summary>
    /// <param name="database"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="dataPath">The data folder, empty; null makes one.</param>
    /// <param name="settings">What isn't about the set-up.</param>
    public static async Task<ServerOptions> OptionsAsync(string database, string? dataPath = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        if (database == "sqlite")
            return new(dataPath, null, settings, await s_sqlite.Value);
        var (folder, template) = await s_postgres.Value;
        return new(dataPath, await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync(template), settings, folder);
    }

    internal static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static async Task<string> SetUpAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-demo-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await using (var server = await LinkShopServer.StartAsync(new ServerOptions(folder, postgres)))
            // a server that was killed is waited for by every move of a shop
            await server.StopAsync();
        return folder;
    }

    private static async Task<(string, string)> SetUpPostgresAsync()
    {
        var cluster = (await PostgresCluster.SharedAsync())!;
        var database = await cluster.CreateDatabaseAsync();
        var folder = await SetUpAsync(database);
        // the database is copied only while nobody is connected, and the server's connections end a moment after it
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var others = new NpgsqlCommand("select count(*) from pg_stat_activity where datname = $1", connection) { Parameters = { new() { Value = new NpgsqlConnectionStringBuilder(database).Database } } };
        await Eventually.HoldsAsync(async () => (long)(await others.ExecuteScalarAsync())! == 0, () => "the demo's server is still connected to its database");
        return (folder, database);
    }
}
