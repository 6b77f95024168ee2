using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Credits;

/// <summary>A grant's row.</summary>
internal sealed record CreditRow(string Id, string UserId, CreditKind Kind, string Currency, long Amount, long TakenBack, string Reason, string Actor, DateTimeOffset At)
{
    private const string Columns = "select id, user_id, kind, currency, amount, taken_back, reason, actor, at from credit_grant where tenant = @tenant and ";

    private const string ById = Columns + "id = @id";

    private const string OfUser = Columns + "user_id = @userId order by at desc, id desc limit @take";

    private const string Insert = """
        insert into credit_grant (tenant, id, user_id, kind, currency, amount, reason, actor, at) values (@tenant, @id, @userId, @kind, @currency, @amount, @reason, @actor, @at)
        on conflict (tenant, id) do nothing
        """;

    private const string Later = """
        select cast(coalesce(sum(amount - taken_back), 0) as bigint) from credit_grant
        where tenant = @tenant and user_id = @userId and kind = @kind and currency = @currency and (at > @at or (at = @at and id > @id))
        """;

    private const string Taken = "update credit_grant set taken_back = taken_back + @amount where tenant = @tenant and id = @id";

    public static Task<CreditRow?> FindAsync(ICommerceConnection connection, string id) => connection.QuerySingleOrDefaultAsync<CreditRow>(ById, new { id });

    public static Task<IReadOnlyList<CreditRow>> OfUserAsync(ICommerceConnection connection, string userId, int take) => connection.QueryAsync<CreditRow>(OfUser, new { userId, take });

    /// <summary>Stores a grant; false when its id is there already.</summary>
    public static async Task<bool> AddAsync(ICommerceConnection connection, CreditGrant grant, DateTimeOffset at) => await connection.ExecuteAsync(Insert, new
    {
        grant.Id, grant.UserId, grant.Kind, currency = grant.Amount.Currency, amount = grant.Amount.Minor, grant.Reason, grant.Actor, at,
    }).ConfigureAwait(false) == 1;

    /// <summary>What counts as spent after it: what was given to the same account later and not taken back, and points earned by orders.</summary>
    public async Task<long> LaterAsync(ICommerceConnection connection)
    {
        var given = await connection.QuerySingleOrDefaultAsync<long>(Later, new { UserId, Kind, Currency, At, Id }).ConfigureAwait(false);
        return Kind == CreditKind.Points ? given + await EarnedPoints.OfUserAsync(connection, UserId, Currency).ConfigureAwait(false) : given;
    }

    public void TakeBack(ICommerceConnection connection, long amount) => connection.Defer(Taken, new { Id, amount });

    /// <summary>What can be taken back of it when so much is in the account, and so much was given later: the oldest is spent first.</summary>
    public long LeftOf(long available, long later) => Math.Clamp(available - later, 0, Amount - TakenBack);

    public bool IsSame(CreditGrant grant) => (UserId, Kind, Currency, Amount) == (grant.UserId, grant.Kind, grant.Amount.Currency, grant.Amount.Minor);

    public CreditGrantView ToView(long left) =>
        new(Id, UserId, Kind, new Money(Amount, Currency), new Money(TakenBack, Currency), new Money(left, Currency), Reason, Actor, At);
}

/// <summary>A row of what was taken back.</summary>
internal sealed record CreditTakeBackRow(string Id, string GrantId, long Amount)
{
    private const string Insert = "insert into credit_take_back (tenant, id, grant_id, amount, reason, actor, at) values (@tenant, @id, @grantId, @amount, @reason, @actor, @at)";

    public static Task<CreditTakeBackRow?> FindAsync(ICommerceConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<CreditTakeBackRow>("select id, grant_id, amount from credit_take_back where tenant = @tenant and id = @id", new { id });

    public static void Add(ICommerceConnection connection, CreditTakeBack takeBack, long amount, DateTimeOffset at) =>
        connection.Defer(Insert, new { takeBack.Id, takeBack.GrantId, amount, takeBack.Reason, takeBack.Actor, at });
}
