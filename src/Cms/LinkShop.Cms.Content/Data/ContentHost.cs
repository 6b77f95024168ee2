using System.Runtime.CompilerServices;
using LinkShop.Cms.Shell.Database;

namespace LinkShop.Cms.Content.Data;

/// <summary>What the tenants' containers share: the database, its options and the change stamps; one for each database of the host.</summary>
internal sealed class ContentHost
{
    private static readonly ConditionalWeakTable<ICmsDatabase, ContentHost> Hosts = [];

    private ContentHost(ICmsDatabase host)
    {
        Database = host.Provider == CmsDatabaseProvider.Sqlite ? ContentDatabase.SqliteConnection(host.ConnectionString, host.Writer) : ContentDatabase.Postgres(host.ConnectionString);
        Contexts = new ContentContextFactory(Database);
        Stamps = new ChangeStamps(Database, TimeProvider.System, host.Changes);
    }

    public ContentDatabase Database { get; }

    public ContentContextFactory Contexts { get; }

    public ChangeStamps Stamps { get; }

    public static ContentHost For(ICmsDatabase host) => Hosts.GetValue(host, static host => new(host));
}
