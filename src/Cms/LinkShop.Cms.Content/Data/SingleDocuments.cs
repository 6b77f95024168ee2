using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// The documents that a tenant has one of, such as its site settings: their identifier follows from tenant and type, so that two processes can't both create one.
/// </summary>
internal static class SingleDocuments
{
    // A change stamp of no tenant: it says what was done to the documents of this database, once.
    private const string Done = "SingleDocuments:1";
    private static readonly string[] OnceNumbered = ["OrchardCore.Settings.SiteSettings", "LinkShop.Cms.Admin.Roles.RolesDocument"];

    public static long Id(string tenant, string type)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}/{type}"), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }

    /// <summary>
    /// Until 2026-11-28 settings and roles were numbered like other documents; under the new identifier they would not be found. They get it here, once for a database,
    /// in the transaction that the caller has begun.
    /// </summary>
    public static async Task RenumberAsync(DbConnection connection, DbTransaction transaction, Func<string, string> quote)
    {
        if (await RunAsync(connection, transaction, $"INSERT INTO {quote("ChangeStamp")} (\"Tenant\", \"Kind\", \"Stamp\") VALUES ('', '{Done}', 1) ON CONFLICT DO NOTHING") == 0)
            return;
        var found = new List<(long Id, string Tenant, string Type)>();
        await using (var command = Command(connection, transaction, $"SELECT \"Id\", \"Tenant\", \"Type\" FROM {quote("Document")} WHERE \"Type\" IN ('{string.Join("', '", OnceNumbered)}')"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                found.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }

        foreach (var (id, tenant, type) in found.Where(row => row.Id != Id(row.Tenant, row.Type)))
            await RunAsync(connection, transaction, $"UPDATE {quote("Document")} SET \"Id\" = {Id(tenant, type)} WHERE \"Id\" = {id}");
    }

    private static async Task<int> RunAsync(DbConnection connection, DbTransaction transaction, string sql)
    {
        await using var command = Command(connection, transaction, sql);
        return await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
