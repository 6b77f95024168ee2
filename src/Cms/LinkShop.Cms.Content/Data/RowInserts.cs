using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using IIndex = YesSql.Indexes.IIndex;

namespace LinkShop.Cms.Content.Data;

/// <summary>New rows for the tables of a model, all rows of a table in one statement.</summary>
internal sealed class RowInserts(ContentDatabase database, DbConnection connection)
{
    // below what a statement may have of parameters
    private const int MaxRows = 200;
    private static readonly ConditionalWeakTable<IEntityType, Column[]> KnownColumns = [];
    private readonly OrderedDictionary<string, Insert> _inserts = [];
    private readonly DbCommand _parameters = connection.CreateCommand();

    /// <summary>A row.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="row">The document or the index record.</param>
    /// <param name="documentId">The document that an index record is of.</param>
    public void Add(IEntityType table, string tenant, object row, long documentId)
    {
        var columns = KnownColumns.GetValue(table, static table => [.. table.GetProperties().Where(property => !IsGenerated(table, property)).Select(property => new Column(property))]);
        var insert = Into(table.GetTableName()!, columns.Length, () => columns.Select(column => column.Name));
        foreach (var column in columns)
            insert.Parameters.Add(column.Mapping.CreateParameter(_parameters, "", column.Property.Name switch
            {
                ContentDbContext.TenantColumn => tenant,
                ContentDbContext.DocumentIdColumn => documentId,
                _ => column.Property.PropertyInfo!.GetValue(row),
            }, column.Property.IsNullable));
    }

    /// <summary>The first counts of a tenant's changes.</summary>
    public void AddStamps(string tenant, IEnumerable<(string Kind, long Count)> kinds)
    {
        foreach (var (kind, count) in kinds)
        {
            var insert = Into("ChangeStamp", 3, static () => ["Tenant", "Kind", "Stamp"]);
            foreach (var value in (object[])[tenant, kind, count])
            {
                var parameter = _parameters.CreateParameter();
                parameter.Value = value;
                insert.Parameters.Add(parameter);
            }
        }
    }

    /// <summary>Adds the statements to others that go to the database in one trip.</summary>
    public void AddTo(DbBatch batch)
    {
        foreach (var (sql, parameters) in _inserts.Values.SelectMany(insert => insert.Statements()))
        {
            var statement = batch.CreateBatchCommand();
            statement.CommandText = sql;
            foreach (var parameter in parameters)
                statement.Parameters.Add(parameter);
            batch.BatchCommands.Add(statement);
        }
    }

    /// <summary>Writes them.</summary>
    public async Task ExecuteAsync(DbTransaction transaction)
    {
        foreach (var (sql, parameters) in _inserts.Values.SelectMany(insert => insert.Statements()))
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            foreach (var parameter in parameters)
            {
                // PostgreSQL goes by the place, SQLite by the name
                if (database.IsSqlite)
                    parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count + 1}");
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    // the database numbers index records
    private static bool IsGenerated(IEntityType table, IProperty property) => property.Name == nameof(IIndex.Id) && typeof(IIndex).IsAssignableFrom(table.ClrType);

    private Insert Into(string table, int width, Func<IEnumerable<string>> columns)
    {
        if (!_inserts.TryGetValue(table, out var insert))
            _inserts[table] = insert = new($"INSERT INTO {database.Quote(table)} ({string.Join(", ", columns().Select(column => $"\"{column}\""))}) VALUES ", width);
        return insert;
    }

    private sealed class Column(IProperty property)
    {
        public IProperty Property => property;

        public string Name { get; } = property.GetColumnName();

        public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();
    }

    private sealed class Insert(string start, int width)
    {
        public List<DbParameter> Parameters { get; } = [];

        public IEnumerable<(string Sql, DbParameter[] Parameters)> Statements()
        {
            foreach (var parameters in Parameters.Chunk(width * MaxRows))
            {
                var sql = new StringBuilder(start);
                for (var i = 0; i < parameters.Length; i++)
                    sql.Append(i % width > 0 ? ", " : i > 0 ? "), (" : "(").Append(CultureInfo.InvariantCulture, $"${i + 1}");
                yield return (sql.Append(')').ToString(), parameters);
            }
        }
    }
}
