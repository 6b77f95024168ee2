using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>
/// The statements that take keys from a pool, one for each way of choosing; each text is made once so that it stays prepared. On PostgreSQL they reserve what they choose;
/// on SQLite, where nobody else writes meanwhile and a list or a returning clause would cost a table in memory, they only choose, and <see cref="ReserveOne"/> follows for each.
/// </summary>
internal sealed class KeyTake
{
    /// <summary>Complete imports only.</summary>
    public const string Visible = "id <= (select p.visible_id from key_pool p where p.tenant = @tenant and p.id = @poolId)";

    /// <summary>Available keys, at most <c>@cap</c> counted: of either kind from its own index, so that a million sold keys aren't looked at.</summary>
    public const string CappedCount = $"""
        ((select count(*) from (select 1 from card_key where tenant = @tenant and pool_id = @poolId and {Plain} and {Visible} limit @cap) k)
        + (select count(*) from (select 1 from card_key where tenant = @tenant and pool_id = @poolId and {Labelled} and {Visible} limit @cap) k))
        """;

    /// <summary>Reserves a chosen key on SQLite.</summary>
    public const string ReserveOne = $"{Reserve} where id = @id and +tenant = @tenant and state = 'Available'";

    private const string Reserve = "update card_key set state = 'Reserved', order_id = @orderId, order_line = @line, reserved_until = @until";
    private const string Plain = "state = 'Available' and label is null";
    private const string Labelled = "state = 'Available' and label is not null";
    private static readonly KeyTake Sqlite = new(CommerceDialect.Sqlite);
    private static readonly KeyTake Postgres = new(CommerceDialect.Postgres);

    private KeyTake(CommerceDialect dialect)
    {
        var isPostgres = dialect == CommerceDialect.Postgres;
        Own = isPostgres ? "tenant = @tenant" : "+tenant = @tenant";
        Oldest = Statement(isPostgres, $"{Plain} and {Visible} order by id");
        Newest = Statement(isPostgres, $"{Plain} and {Visible} order by id desc");
        FromPivot = Statement(isPostgres, $"{Plain} and {Visible} and id >= @pivot order by id");
        BelowPivot = Statement(isPostgres, $"{Plain} and {Visible} and id < @pivot order by id desc");
        AnyLabelled = Statement(isPostgres, $"{Labelled} and {Visible} order by label, id");
        Specific = Statement(isPostgres, $"state = 'Available' and {Visible} and id {(isPostgres ? "= any(@ids)" : "in (select value from json_each(@ids))")}", $"{Own} and +pool_id = @poolId");
        GiveBack = $"update card_key set state = 'Available', order_id = null, order_line = null, reserved_until = null where {Own} and state = 'Reserved' and id {(isPostgres ? "= any(@ids)" : "in (select value from json_each(@ids))")}";
    }

    /// <summary>
    /// The tenant's condition beside a list or range of ids. SQLite, whose ids are row numbers, would otherwise go through all keys of the tenant: it takes an
    /// equality for more selective than a list. The plus keeps it from using the index.
    /// </summary>
    public string Own { get; }

    public string Oldest { get; }

    public string Newest { get; }

    public string FromPivot { get; }

    public string BelowPivot { get; }

    public string AnyLabelled { get; }

    public string Specific { get; }

    public string GiveBack { get; }

    public static KeyTake For(ICommerceConnection connection) => connection.Dialect == CommerceDialect.Postgres ? Postgres : Sqlite;

    // as an array PostgreSQL runs the choice exactly once; keys that another order is taking are passed over instead of waited for
    private static string Statement(bool isPostgres, string condition, string pool = "tenant = @tenant and pool_id = @poolId")
    {
        var choice = $"select id from card_key where {pool} and {condition} limit @quantity";
        return isPostgres ? $"{Reserve} where tenant = @tenant and state = 'Available' and id = any(array({choice} for update skip locked)) returning id" : choice;
    }
}
