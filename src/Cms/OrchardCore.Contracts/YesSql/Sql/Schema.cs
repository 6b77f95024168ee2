namespace YesSql.Sql.Schema;

/// <summary>Describes a column.</summary>
public interface IColumnCommand
{
    /// <summary>The longest text it takes, in characters.</summary>
    IColumnCommand WithLength(int? length);

    /// <summary>Takes text of any length.</summary>
    IColumnCommand Unlimited();

    /// <summary>The value where none is given.</summary>
    IColumnCommand WithDefault(object @default);
}

/// <summary>Describes a column of a new table.</summary>
public interface ICreateColumnCommand : IColumnCommand
{
    /// <summary>A value is required.</summary>
    ICreateColumnCommand NotNull();

    /// <summary>A value may be missing.</summary>
    ICreateColumnCommand Nullable();
}

/// <summary>Describes a column that is added to a table.</summary>
public interface IAddColumnCommand : ICreateColumnCommand
{
}

/// <summary>Describes a new table.</summary>
public interface ICreateTableCommand
{
    /// <summary>Adds a column.</summary>
    ICreateTableCommand Column(string columnName, Type dbType, Action<ICreateColumnCommand>? column = null);

    /// <summary>Adds a column.</summary>
    ICreateTableCommand Column<T>(string columnName, Action<ICreateColumnCommand>? column = null);
}

/// <summary>Describes changes of a table.</summary>
public interface IAlterTableCommand
{
    /// <summary>Adds a column.</summary>
    void AddColumn(string columnName, Type dbType, Action<IAddColumnCommand>? column = null);

    /// <summary>Adds a column.</summary>
    void AddColumn<T>(string columnName, Action<IAddColumnCommand>? column = null);

    /// <summary>Drops a column.</summary>
    void DropColumn(string columnName);

    /// <summary>Creates a database index on columns. Here the tenant column always comes first in it.</summary>
    void CreateIndex(string indexName, params string[] columnNames);

    /// <summary>Drops a database index.</summary>
    void DropIndex(string indexName);
}
