using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>Reads the network around a promoter, from edges by their keys. What could be a million rows is counted up to a bound.</summary>
internal sealed class NetworkReader(ICommerceDatabase database)
{
    private const int MostAbove = 50;

    // one more than is told: then there are more than that
    private const long Brought = Neighbourhood.MostBrought + 1;

    private const string Node = """
        select p.id, p.name, p.state, coalesce(e.depth, 0) as depth, e.parent, coalesce(e.root, p.id) as root,
          (select count(*) from (select 1 from referral_edge b where b.tenant = @tenant and b.parent = p.id limit @mostBrought) n) as brought, coalesce(t.sales, 0) as sales
        from referral_promoter p left join referral_edge e on e.tenant = p.tenant and e.child = p.id left join referral_total t on t.tenant = p.tenant and t.promoter = p.id and t.currency = @currency
        """;

    private const string Center = Node + " where p.tenant = @tenant and p.id = @promoter";

    private const string Above = $"""
        with recursive up (id, parent, n) as (
          select child, parent, 0 from referral_edge where tenant = @tenant and child = @promoter
          union all select e.child, e.parent, up.n + 1 from up join referral_edge e on e.tenant = @tenant and e.child = up.parent where up.n < @most)
        select parent from up order by n
        """;

    private const string Children = "select child from referral_edge where tenant = @tenant and parent = @promoter order by child_number limit @take";
    private const string Grandchildren = "select e.child from referral_edge k join referral_edge e on e.tenant = k.tenant and e.parent = k.child where k.tenant = @tenant and k.parent = @promoter order by k.child_number, e.child_number limit @take";
    private const string Line = "select child from referral_edge where tenant = @tenant and root = @root order by depth, child_number limit @take";
    private const string People = "select (select count(*) from (select 1 from referral_edge where tenant = @tenant and root = @root limit @mostPeople) n) + 1 as people, coalesce((select max(depth) from referral_edge where tenant = @tenant and root = @root), 0) + 1 as levels";

    private const string Sold = """
        select promoter as seller, buyer_promoter as buyer, sales from referral_relation where tenant = @tenant and promoter = @promoter and buyer_promoter is not null and currency = @currency
        union all select promoter, buyer_promoter, sales from referral_relation where tenant = @tenant and buyer_promoter = @promoter and promoter <> @promoter and currency = @currency limit 200
        """;

    public Task<Neighbourhood?> ReadAsync(TenantScope scope, string promoter, int take, CancellationToken cancellationToken) => database.ReadAsync(scope, async c =>
    {
        if (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is not { } program)
            return null;
        var currency = program.Currency;
        if (await c.QuerySingleOrDefaultAsync<Row>(Center, new { promoter, currency, mostBrought = Brought }).ConfigureAwait(false) is not { } center)
            return null;
        take = Math.Clamp(take, 1, 500);
        var above = await c.QueryAsync<string>(Above, new { promoter, most = MostAbove }).ConfigureAwait(false);
        var children = await c.QueryAsync<string>(Children, new { promoter, take }).ConfigureAwait(false);
        var below = children.Count < take ? children.Concat(await c.QueryAsync<string>(Grandchildren, new { promoter, take = take - children.Count }).ConfigureAwait(false)).ToList() : children;
        var size = (await c.QueryAsync<SizeRow>(People, new { root = center.Root, mostPeople = (long)Neighbourhood.MostPeople }).ConfigureAwait(false))[0];
        // a line that fits is shown as a whole: who counts its people finds each
        var line = size.People > take ? [] : (await c.QueryAsync<string>(Line, new { root = center.Root, take }).ConfigureAwait(false)).Prepend(center.Root);
        var beside = line.Except(above).Except(below).Where(id => id != promoter).ToList();
        var sold = c.DeferQuery<SoldRow>(Sold, new { promoter, currency });
        var ids = above.Concat(below).Concat(beside).ToList();
        var rows = (await c.QueryAsync<Row>($"{Node} where p.tenant = @tenant and p.id {c.In("ids")}", new { ids, currency, mostBrought = Brought }).ConfigureAwait(false)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        return new Neighbourhood(
            center.Read(currency), [.. above.Select(id => rows[id].Read(currency))], [.. below.Select(id => rows[id].Read(currency))], [.. beside.Select(id => rows[id].Read(currency))], size.People, size.Levels,
            [.. sold.Rows.Select(r => (r.Seller, r.Buyer, new Money(r.Sales, currency)))]);
    }, cancellationToken);

    private sealed record Row(string Id, string Name, PromoterState State, int Depth, string? Parent, string Root, long Brought, long Sales)
    {
        public NetworkNode Read(string currency) => new(Id, Name, State, Depth, Parent, Brought, new Money(Sales, currency));
    }

    private sealed record SizeRow(long People, int Levels);

    private sealed record SoldRow(string Seller, string Buyer, long Sales);
}
