using System.Text;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>Lists shops with keyset paging: each page starts where the last ended, so the cost doesn't grow with the page's number.</summary>
internal sealed class ShopSearcher(ICommerceDatabase database)
{
    private const int MaxText = 60;

    public Task<ShopPage> SearchAsync(TenantScope platform, ShopQuery query, CancellationToken cancellationToken)
    {
        var text = query.Text?.Trim() is { Length: > 0 } typed ? typed[..Math.Min(typed.Length, MaxText)].ToLowerInvariant() : null;
        var take = Math.Clamp(query.Take, 1, 200);
        var parameters = new { words = text is null ? null : $"%{Escape(text)}%", state = query.State, plan = query.Plan, owner = query.OwnerUser, before = query.Before ?? long.MaxValue, take = take + 1 };
        var sql = Sql(query, text is not null);
        return database.ReadAsync(platform, async c =>
        {
            var rows = await c.QueryAsync<ShopInfo>(sql, parameters).ConfigureAwait(false);
            return rows.Count > take ? new ShopPage([.. rows.Take(take)], rows[take - 1].Number) : new ShopPage(rows, null);
        }, cancellationToken);
    }

    // few combinations of constant parts: each text is prepared once
    private static string Sql(ShopQuery query, bool byText)
    {
        var sql = new StringBuilder(ShopSql.Select);
        if (query.State is not null)
            sql.Append(" and state = @state");
        if (query.Plan is not null)
            sql.Append(" and plan = @plan");
        if (query.OwnerUser is not null)
            sql.Append(" and owner_user = @owner");
        if (byText)
            sql.Append(@" and words like @words escape '\'");
        return sql.Append(" and number < @before order by number desc limit @take").ToString();
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
