namespace LinkShop.Commerce.Placement.Moving;

/// <summary>Columns that number the same things: they are shifted together when the numbers are taken on the other database.</summary>
/// <param name="Keys">Columns that the database generates.</param>
/// <param name="References">Columns that refer to them.</param>
internal sealed record IdSpace((string Table, string Column)[] Keys, params (string Table, string Column)[] References)
{
    public IEnumerable<(string Table, string Column)> All => Keys.Concat(References);
}

/// <summary>What is different between the two kinds of tables that tenants have.</summary>
/// <param name="Schema">Schema on PostgreSQL.</param>
/// <param name="TenantColumn">The column that keys all rows.</param>
/// <param name="StableKeys">Tables whose generated numbers are unique over all databases and never change.</param>
/// <param name="Spaces">The other generated numbers; null to take each <c>Id</c> for itself, as index tables of documents have it.</param>
internal sealed record StoreKind(string Schema, string TenantColumn, string[] StableKeys, IdSpace[]? Spaces)
{
    /// <summary>Orders, keys, money.</summary>
    public static readonly StoreKind Commerce = new("commerce", "tenant", ["key_pool", "ledger_account"],
    [
        new([("key_batch", "id")], ("card_key", "batch_id"), ("key_audit", "batch_id")),
        new([("card_key", "id")], ("key_pool", "visible_id"), ("key_batch", "first_id"), ("key_batch", "last_id"), ("order_lines", "picked_key"), ("deliveries", "key_id"),
            ("key_replacement", "old_key"), ("key_replacement", "new_key"), ("key_audit", "key_id")),
        new([("key_audit", "id")]),
        new([("ledger_transfer", "seq")]),
        new([("outbox", "id")], ("outbox_dead", "id")),
        new([("referral_promoter", "number")], ("referral_edge", "child_number"), ("referral_edge", "parent_number")),
        new([("referral_tally", "seq")]),
        new([("sandbox_payout", "number")]),
        new([("shop_log", "number")]),
    ]);

    /// <summary>Documents and their indexes.</summary>
    public static readonly StoreKind Content = new("content", "Tenant", ["Document"], null);
}

/// <summary>A column of a table.</summary>
internal sealed record MoveColumn(string Name, string Type, bool Generated);

/// <summary>A table with rows of tenants.</summary>
internal sealed record MoveTable(string Name, IReadOnlyList<MoveColumn> Columns);
