using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>How many orders a contact, and a network address, may leave unpaid at a time.</summary>
internal readonly record struct UnpaidLimits(int PerContact, int PerAddress)
{
    /// <summary>So many are counted at most, whatever somebody piled up: a limit above is none.</summary>
    public const int Counted = 1000;

    // on the one who orders, not on rows: the first orders have no row yet that two at once could queue for
    private const string TakeTurns = """
        select pg_advisory_xact_lock(hashtextextended(@tenant || ':' || @contact, 3)), pg_advisory_xact_lock(hashtextextended(@tenant || ':' || @address, 4))
        """;

    private const string Free = "select count(*) from (select 1 from orders where tenant = @tenant and contact_hash = @contactHash and id > @since and total = 0 limit @most) as o";

    private static readonly TimeSpan s_freeWindow = TimeSpan.FromHours(1);

    public static UnpaidLimits Of(OrderDraft draft, OrderingOptions options)
        => new(draft.Request.Policy?.MaxUnpaidPerContact ?? options.MaxUnpaidPerContact, draft.Request.Policy?.MaxUnpaidPerAddress ?? options.MaxUnpaidPerAddress);

    /// <summary>
    /// Lets one order of a contact, and of an address, be made after the other, so that each counts the one before. Goes with the statement that counts: no round trip of
    /// its own, and that one sees what was stored while it waited. On SQLite writes take turns anyway.
    /// </summary>
    public void Queue(ICommerceConnection connection, OrderDraft draft)
    {
        if (connection.Dialect != CommerceDialect.Postgres)
            return;
        var (contact, address) = (KeyOf(draft.ContactHash, PerContact), KeyOf(draft.AddressHash, PerAddress));
        if ((contact ?? address) is not null)
            connection.Defer(TakeTurns, new { contact, address });
    }

    /// <summary>Refuses who has too many.</summary>
    /// <exception cref="RefusedException">A limit is reached.</exception>
    public void Require(int byContact, int byAddress)
    {
        if (byContact >= PerContact)
            throw new RefusedException(CommerceErrors.BuyerLimit, "Pay or cancel your unpaid orders first.", "contact");
        if (byAddress >= PerAddress)
            throw new RefusedException(CommerceErrors.AddressLimit, "There are too many unpaid orders from this network.");
    }

    /// <summary>Refuses who has had as many free orders within the hour: each brings a mail to an address that nobody has asked.</summary>
    /// <exception cref="RefusedException">The limit is reached.</exception>
    public async Task RequireFewFreeAsync(ICommerceConnection connection, OrderDraft draft)
    {
        if (draft.ContactHash is null || PerContact > Counted)
            return;
        var since = CommerceId.New(draft.Now - s_freeWindow);
        if (await connection.QuerySingleOrDefaultAsync<long>(Free, new { draft.ContactHash, since, most = PerContact }).ConfigureAwait(false) >= PerContact)
            throw new RefusedException(CommerceErrors.FreeLimit, "There were many free orders for this contact. Try again in an hour.", "contact");
    }

    // null takes no turn
    private static string? KeyOf(byte[]? hash, int limit) => hash is null || limit > Counted ? null : Convert.ToBase64String(hash);
}
