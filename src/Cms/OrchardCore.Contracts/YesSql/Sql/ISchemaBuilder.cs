using YesSql.Sql.Schema;

namespace YesSql.Sql;

/// <summary>Creates and changes tables. Here tables are shared by the tenants of a database, so each operation does nothing where its result exists.</summary>
public interface ISchemaBuilder
{
    /// <summary>Creates the table of a map index.</summary>
    Task CreateMapIndexTableAsync(Type indexType, Action<ICreateTableCommand> table, string? collection = null);

    /// <summary>Creates the table of a reduce index and the one that links it to documents.</summary>
    Task CreateReduceIndexTableAsync(Type indexType, Action<ICreateTableCommand> table, string? collection = null);

    /// <summary>Changes the table of an index.</summary>
    Task AlterIndexTableAsync(Type indexType, Action<IAlterTableCommand> table, string? collection = null);

    /// <summary>Drops the table of a map index.</summary>
    Task DropMapIndexTableAsync(Type indexType, string? collection = null);
}

/// <summary>The same with a type parameter.</summary>
public static class SchemaBuilderExtensions
{
    /// <summary>Creates the table of a map index.</summary>
    public static Task CreateMapIndexTableAsync<T>(this ISchemaBuilder builder, Action<ICreateTableCommand> table, string? collection = null) =>
        builder.CreateMapIndexTableAsync(typeof(T), table, collection);

    /// <summary>Creates the table of a reduce index.</summary>
    public static Task CreateReduceIndexTableAsync<T>(this ISchemaBuilder builder, Action<ICreateTableCommand> table, string? collection = null) =>
        builder.CreateReduceIndexTableAsync(typeof(T), table, collection);

    /// <summary>Changes the table of an index.</summary>
    public static Task AlterIndexTableAsync<T>(this ISchemaBuilder builder, Action<IAlterTableCommand> table, string? collection = null) =>
        builder.AlterIndexTableAsync(typeof(T), table, collection);

    /// <summary>Drops the table of a map index.</summary>
    public static Task DropMapIndexTableAsync<T>(this ISchemaBuilder builder, string? collection = null) =>
        builder.DropMapIndexTableAsync(typeof(T), collection);
}
