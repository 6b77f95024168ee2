namespace OrchardCore.Data.Migration.Records;

/// <summary>Which data migrations a tenant has run.</summary>
public class DataMigrationRecord : LinkShop.Cms.ISharedDocument
{
    /// <summary>The identifier of the document.</summary>
    public long Id { get; set; }

    /// <summary>The migrations.</summary>
    public List<DataMigration> DataMigrations { get; set; } = [];
}

/// <summary>How far a data migration has run.</summary>
public class DataMigration
{
    /// <summary>The full name of its class.</summary>
    public string DataMigrationClass { get; set; } = "";

    /// <summary>The version it reached.</summary>
    public int? Version { get; set; }
}
