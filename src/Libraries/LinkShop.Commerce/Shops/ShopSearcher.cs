using System.Text;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>Lists shops with keyset paging: each page starts where the last ended, so the cost doesn't grow with the page's number.</summary>
internal sealed class ShopSearcher(ICommerceDatabase database)
{
    /// <summary>The condition for a <see cref="Pattern"/>.</summary>
    internal const string Matches = @" and words like @words escape '\'";

    private const int MaxText = 60;

    /// <summary>What a search for a text compares with; null when there is none.</summary>
    internal static string? Pattern(string? text) =>
        text?.Trim() is { Length: > 0 } typed ? $"%{Escape(typed[..Math.Min(typed.Length, MaxText)].ToLowerInvariant())}%" : null;

    public Task<ShopPage> SearchAsync(TenantScope platform, ShopQuery query, CancellationToken cancellationToken)
    {
        var words = Pattern(query.Text);
        var take = Math.Clamp(query.Take, 1, 200);
        var parameters = new { words, state = query.State, plan = query.Plan, owner = query.OwnerUser, before = query.Before ?? long.MaxValue, take = take + 1 };
        var sql = Sql(query, words is not null);
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
            sql.Append(Matches);
        return sql.Append(" and number < @before order by number desc limit @take").ToString();
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
