using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;

namespace LinkShop.Bench;

/// <summary>
/// A big network, written straight into the tables: promoters each brought by one of the earlier ones, in lines of some twenty levels, and as many seller-buyer edges as asked for, each tenth bought by a promoter.
/// </summary>
internal static class ReferralNetwork
{
    private const int Chunk = 250_000;
    private const int Days = 3;

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"s{number:D8}");

    public static async Task SeedAsync(ICommerceDatabase database, TenantScope scope, int promoters, int edges)
    {
        var postgres = database.Dialect == CommerceDialect.Postgres;
        var numbers = postgres ? "generate_series(cast(@first as bigint), cast(@last as bigint)) as n (i)" : "(with recursive n (i) as (select @first union all select i + 1 from n where i < @last) select i from n) n";
        string Id(string number) => postgres ? $"'s' || lpad(cast({number} as text), 8, '0')" : $"printf('s%08d', {number})";
        await RunAsync(database, scope, promoters, $"""
            insert into referral_promoter (number, tenant, id, name, state, tier, listed, joined_at, adult_at, terms_version, changed_by, changed_at)
            select 1000 + n.i, @tenant, {Id("n.i")}, 'Seller ' || n.i, 'Active', '', n.i % 5 <> 0, @now - n.i % 300 * 86400000, @now, 1, 'bench', @now from {numbers}
            """);
        await RunAsync(database, scope, promoters, $"""
            insert into referral_edge (tenant, child, child_number, parent, parent_number, depth, root, at)
            select @tenant, {Id("n.i")}, 1000 + n.i, {Id("n.i / 2")}, 1000 + n.i / 2, 1 + n.i % 20, {Id("n.i % 40000 + 1")}, @now from {numbers} where n.i > 1
            """);
        await RunAsync(database, scope, promoters, $"""
            insert into referral_total (tenant, promoter, currency, clicks, visits, orders, new_buyers, sales, accrued, reversed, released)
            select @tenant, {Id("n.i")}, 'CNY', 100, 50, 10, 5, n.i * 7 % 1000003, 100, 10, 50 from {numbers}
            """);
        await RunAsync(database, scope, promoters, $"insert into referral_verified (tenant, promoter, currency, sales, orders) select @tenant, {Id("n.i")}, 'CNY', n.i * 7 % 1000003, 10 from {numbers}");
        for (var day = 0; day < Days; day++)
        {
            await RunAsync(database, scope, promoters, $"""
                insert into referral_day (tenant, promoter, day, channel, campaign, currency, clicks, visits, orders, new_buyers, sales, accrued, reversed, released)
                select @tenant, {Id("n.i")}, @now / 86400000 - {day}, 'wechat', '', 'CNY', 10, 5, n.i % 3, 0, 1000, 100, 0, 0 from {numbers}
                """);
        }

        var each = Math.Max(1, edges / promoters);
        await RunAsync(database, scope, edges, $"""
            insert into referral_relation (tenant, promoter, buyer, buyer_promoter, currency, orders, sales)
            select @tenant, {Id($"(n.i - 1) / {each} % {promoters} + 1")}, 'u:' || n.i, case when n.i % 10 = 3 then {Id($"n.i * 31 % {promoters} + 1")} else null end, 'CNY', 1, 1000 from {numbers}
            """);
        if (postgres)
            await database.WriteSystemAsync(c => c.ExecuteAsync("analyze"));
    }

    private static async Task RunAsync(ICommerceDatabase database, TenantScope scope, int count, string sql)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var first = 1; first <= count; first += Chunk)
            await database.WriteAsync(scope, c => c.ExecuteAsync(sql, new { first = (long)first, last = (long)Math.Min(count, first + Chunk - 1), now }));
    }
}
