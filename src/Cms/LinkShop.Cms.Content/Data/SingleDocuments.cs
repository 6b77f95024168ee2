using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// The documents that a tenant has one of, such as its site settings: their identifier follows from tenant and type, so that two processes can't both create one.
/// </summary>
internal static class SingleDocuments
{
    // A change stamp of no tenant: it says what was done to the documents of this database, once.
    private const string Done = "SingleDocuments:1";
    private const string Settings = "OrchardCore.Settings.SiteSettings";
    private const string Roles = "LinkShop.Cms.Admin.Roles.RolesDocument";

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
        if (await connection.ExecuteAsync($"INSERT INTO {quote("ChangeStamp")} (\"Tenant\", \"Kind\", \"Stamp\") VALUES ('', @Done, 1) ON CONFLICT DO NOTHING", new { Done }, transaction) == 0)
            return;
        var found = await connection.QueryAsync<(long Id, string Tenant, string Type)>($"SELECT \"Id\", \"Tenant\", \"Type\" FROM {quote("Document")} WHERE \"Type\" IN (@Settings, @Roles)", new { Settings, Roles }, transaction);
        await connection.ExecuteAsync($"UPDATE {quote("Document")} SET \"Id\" = @Id WHERE \"Id\" = @Before", found.Select(row => new { Id = Id(row.Tenant, row.Type), Before = row.Id }).Where(row => row.Id != row.Before), transaction);
    }
}
