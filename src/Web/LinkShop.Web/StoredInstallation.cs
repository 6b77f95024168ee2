using LinkShop.Commerce.Placement;
using Npgsql;

namespace LinkShop.Web;

/// <summary>Whether the databases that the settings name are there. A command asks before it opens them, because what isn't there would be made.</summary>
internal static class StoredInstallation
{
    /// <summary>What is missing.</summary>
    /// <param name="configuration">The settings, checked, with an absolute data folder.</param>
    /// <returns>A stable code and a sentence; null when nothing is.</returns>
    /// <exception cref="NpgsqlException">A PostgreSQL server can't be reached, or refuses.</exception>
    public static async Task<(string Code, string Message)?> MissingAsync(IConfiguration configuration)
    {
        var places = DatabaseNames.Read(configuration);
        if (DatabaseNames.IsPostgres(configuration))
        {
            if (!await HasTablesAsync(configuration["LinkShop:Database:ConnectionString"]!))
                return ("no_installation", "There is no installation in the database that LinkShop:Database:ConnectionString names.");
            foreach (var (name, connection) in places)
            {
                if (!await HasTablesAsync(connection))
                    return ("database_missing", $"Nothing is in the database '{name}' yet (LinkShop:Databases:{name}:ConnectionString). A server makes its tables when it starts.");
            }

            return null;
        }

        var data = configuration["LinkShop:DataPath"]!;
        if (!File.Exists(Path.Combine(data, "content.db")) || !File.Exists(Path.Combine(data, "commerce.db")))
            return ("no_installation", $"There is no installation in {data}. LinkShop:DataPath says where it is (environment: LinkShop__DataPath).");
        return places.FirstOrDefault(place => !File.Exists(Path.Combine(place.Value, "commerce.db"))) is { Key: { } lost, Value: var folder }
            ? ("database_missing", $"There is no database '{lost}' in {folder} (LinkShop:Databases:{lost}:Folder). A server makes it when it starts.") : null;
    }

    private static async Task<bool> HasTablesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select to_regclass('commerce.orders') is not null", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
