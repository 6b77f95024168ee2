using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// One tenant's view of the documents and index records. This is the one place that keeps tenants apart: every query is
/// filtered by the tenant, and every inserted row gets it.
/// </summary>
internal sealed class ContentDbContext(DbContextOptions options, IndexCatalog catalog, ContentDatabase database) : DbContext(options)
{
    public const string TenantColumn = "Tenant";
    public const string DocumentIdColumn = "DocumentId";
    public const string IndexIdColumn = "IndexId";

    /// <summary>The tenant whose rows are seen; none while it is empty.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Whether it is for sessions of tenants in set-up.</summary>
    public bool IsSettingUp { get; init; }

    public IndexCatalog Catalog => catalog;

    public ContentDatabase ContentDatabase => database;

    public DbSet<Document> Documents => Set<Document>();

    public static string BridgeName(Type indexType) => indexType.Name + "_Document";

    /// <summary>The rows that link the records of a reduce index to documents.</summary>
    public DbSet<Dictionary<string, object>> Bridge(Type indexType) => Set<Dictionary<string, object>>(BridgeName(indexType));

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
            if (entry.State == EntityState.Added)
                entry.Property(TenantColumn).CurrentValue = Tenant;
            else if (!Equals(entry.Property(TenantColumn).OriginalValue, Tenant))
                throw new InvalidOperationException($"A row of another tenant can't be changed ({entry.Metadata.ShortName()}).");
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Documents are saved asynchronously.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        if (database.Schema is { } schema)
            modelBuilder.HasDefaultSchema(schema);
        modelBuilder.Entity<Document>(document =>
        {
            document.ToTable("Document").HasKey(row => row.Id);
            document.Property(row => row.Id).ValueGeneratedNever();
            FilterByTenant(document);
        });
        var configure = typeof(ContentDbContext).GetMethod(nameof(ConfigureIndex), BindingFlags.NonPublic | BindingFlags.Instance)!;
        foreach (var indexType in catalog.IndexTypes)
            configure.MakeGenericMethod(indexType).Invoke(this, [modelBuilder]);
    }

    private void ConfigureIndex<TIndex>(ModelBuilder modelBuilder) where TIndex : class, IIndex
    {
        var index = modelBuilder.Entity<TIndex>();
        // An index type may derive from another one; each is a table of its own.
        index.HasBaseType((Type?)null).ToTable(typeof(TIndex).Name).HasKey(record => record.Id);
        foreach (var property in typeof(TIndex).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.CanRead && property.CanWrite && property.Name != nameof(IIndex.Id))
                Convert(index.Property(property.PropertyType, property.Name), property.PropertyType);
        FilterByTenant(index);
        if (!typeof(ReduceIndex).IsAssignableFrom(typeof(TIndex)))
        {
            index.Property<long>(DocumentIdColumn);
            return;
        }

        modelBuilder.SharedTypeEntity<Dictionary<string, object>>(BridgeName(typeof(TIndex)), bridge =>
        {
            bridge.ToTable(BridgeName(typeof(TIndex)));
            bridge.IndexerProperty<long>(IndexIdColumn);
            bridge.IndexerProperty<long>(DocumentIdColumn);
            bridge.HasKey(IndexIdColumn, DocumentIdColumn);
            FilterByTenant(bridge);
        });
    }

    /// <summary>Dates are stored in UTC without a zone, on both databases. SQLite can compare decimals only as floating point.</summary>
    private void Convert(PropertyBuilder property, Type type)
    {
        if (database.IsSqlite && (type == typeof(decimal) || type == typeof(decimal?)))
            property.HasConversion<double>();
        if (type != typeof(DateTime) && type != typeof(DateTime?))
            return;
        property.HasConversion(new ValueConverter<DateTime, DateTime>(
            date => DateTime.SpecifyKind(date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : date, DateTimeKind.Unspecified),
            date => DateTime.SpecifyKind(date, DateTimeKind.Utc)));
        if (!database.IsSqlite)
            property.HasColumnType("timestamp without time zone");
    }

    private void FilterByTenant<TEntity>(EntityTypeBuilder<TEntity> entity) where TEntity : class
    {
        entity.Property<string>(TenantColumn);
        var row = Expression.Parameter(typeof(TEntity), "row");
        var column = Expression.Call(typeof(EF), nameof(EF.Property), [typeof(string)], row, Expression.Constant(TenantColumn));
        // Reading the property of this context makes the tenant a parameter of the query, not a constant of the shared model.
        var current = Expression.Property(Expression.Constant(this), nameof(Tenant));
        entity.HasQueryFilter(Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(column, current), row));
    }
}

/// <summary>Blueprints with the same types of index records share one model.</summary>
internal sealed class ContentModelCacheKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        context is ContentDbContext content ? (content.Catalog.Key, content.ContentDatabase.IsSqlite, designTime) : (context.GetType(), designTime);
}
