using System.Data.Common;
using System.Text.Json.Nodes;
using LinkShop.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LinkShop.Web.Tests.Upgrades;

/// <summary>The roles of a tenant as they are stored, while no server runs: so a tenant can be left as an earlier version would have.</summary>
internal sealed class StoredRoles(ServerOptions options, string tenant)
{
    private const string Roles = "LinkShop.Cms.Admin.Roles.RolesDocument";
    private const string Migrations = "OrchardCore.Data.Migration.Records.DataMigrationRecord";

    /// <summary>What a role grants.</summary>
    public async Task<string[]> OfAsync(string role) => [.. Claims(await DocumentAsync(Roles), role).Select(c => (string)c!["ClaimValue"]!)];

    /// <summary>Changes what a role grants, as somebody does on the role's screen.</summary>
    public async Task ChangeAsync(string role, string[] less, string[]? more = null)
    {
        var document = await DocumentAsync(Roles);
        var claims = Claims(document, role);
        foreach (var claim in claims.Where(c => less.Contains((string)c!["ClaimValue"]!)).ToList())
            claims.Remove(claim);
        foreach (var name in more ?? [])
            claims.Add(new JsonObject { ["ClaimType"] = "Permission", ["ClaimValue"] = name });
        await StoreAsync(Roles, document);
    }

    /// <summary>Lets a data migration be one that hasn't run, and a feature one that wasn't there.</summary>
    public async Task ForgetAsync(string migration, string? feature = null)
    {
        var document = await DocumentAsync(Migrations);
        var entries = document["DataMigrations"]!.AsArray();
        Assert.True(entries.Remove(entries.Single(e => (string)e!["DataMigrationClass"]! == migration)));
        await StoreAsync(Migrations, document);
        if (feature is not null)
            Assert.Equal(1, await ExecuteAsync($"update {(options.Postgres is null ? "" : "content.")}shell set features = replace(features, @feature, '') where name = @tenant and features like '%' || @feature || '%'", ("feature", feature)));
    }

    private static JsonArray Claims(JsonNode document, string role) =>
        document["Roles"]!.AsArray().Single(r => (string)r!["Role"]!["RoleName"]! == role)!["Role"]!["RoleClaims"]!.AsArray();

    private string Table => options.Postgres is null ? "\"Document\"" : "content.\"Document\"";

    private async Task<JsonNode> DocumentAsync(string type)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, $"select \"Content\" from {Table} where \"Tenant\" = @tenant and \"Type\" = @type", ("type", type));
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)!;
    }

    private async Task StoreAsync(string type, JsonNode document) =>
        Assert.Equal(1, await ExecuteAsync($"update {Table} set \"Content\" = @content where \"Tenant\" = @tenant and \"Type\" = @type", ("content", document.ToJsonString()), ("type", type)));

    private async Task<int> ExecuteAsync(string sql, params (string Name, string Value)[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    private DbCommand Command(DbConnection connection, string sql, params (string Name, string Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values.Append(("tenant", tenant)))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = options.Postgres is { } postgres
            ? new NpgsqlConnection(postgres + ";Pooling=false")
            : new SqliteConnection($"Data Source={Path.Combine(options.DataPath!, "content.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
