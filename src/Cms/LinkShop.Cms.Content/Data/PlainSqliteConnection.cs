using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// EF Core's own connection registers some twenty .NET functions with SQLite each time it opens, for regular expressions and decimals:
/// five times the cost of a query. Index columns need neither (decimals are stored as floating point, see <see cref="ContentDbContext"/>).
/// </summary>
internal sealed class PlainSqliteConnection(RelationalConnectionDependencies dependencies) : RelationalConnection(dependencies)
{
    protected override DbConnection CreateDbConnection() => new SqliteConnection(GetValidatedConnectionString());
}
