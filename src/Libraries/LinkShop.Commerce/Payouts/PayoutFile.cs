using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Payouts;

/// <summary>The file by which a person pays at the bank.</summary>
public interface IPayoutFile
{
    /// <summary>
    /// Writes all payouts that are to be paid by hand as CSV (UTF-8 with a byte order mark; <c>payout,amount,currency,kind,bank,account,account_name,exported_before</c>) with the
    /// accounts in clear and exactly as they were entered, and records who took them. Those whose owner has come to owe since they were sent aren't in it, unless they were in an earlier one.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="output">Where to.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many.</returns>
    Task<CommerceResult<int>> WriteAsync(TenantScope scope, Stream output, string actor, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class PayoutFile(ICommerceDatabase database, ISecretProtector protector, TimeProvider clock) : IPayoutFile
{
    private const int PageSize = 500;

    // whoever has come to owe is left out, unless an earlier file may have paid them already
    private const string Page = $"""
        select id, currency, amount - fee as net, destination, exports from payout p
        where tenant = @tenant and state = 'Sending' and provider = @provider and id > @after and (exports > 0 or not ({PayoutClearance.Owes})) order by id limit @take
        """;

    private const string PageLocked = Page + " for update";

    private const string Record = "update payout set exports = exports + 1, exported_by = @actor, exported_at = @now, updated_at = @now where tenant = @tenant and id = @id";

    public async Task<CommerceResult<int>> WriteAsync(TenantScope scope, Stream output, string actor, CancellationToken cancellationToken = default)
    {
        if (!PayeeRules.IsActor(actor))
            return new CommerceError(CommerceErrors.Required, "It takes somebody who takes the file.", "actor");
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var closing = writer.ConfigureAwait(false);
        await writer.WriteAsync("payout,amount,currency,kind,bank,account,account_name,exported_before\r\n").ConfigureAwait(false);
        var written = 0;
        for (var after = ""; ;)
        {
            // recorded before it leaves, so a file that breaks off is on record too
            var rows = await database.WriteAsync(scope, c => TakeAsync(c, after, actor), cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
                await writer.WriteAsync(Line(row, cipher)).ConfigureAwait(false);
            written += rows.Count;
            if (rows.Count < PageSize)
                return written;
            after = rows[^1].Id;
        }
    }

    private async Task<IReadOnlyList<Row>> TakeAsync(ICommerceConnection connection, string after, string actor)
    {
        var sql = connection.Dialect == CommerceDialect.Postgres ? PageLocked : Page;
        var rows = await connection.QueryAsync<Row>(sql, new { provider = ManualPayoutProvider.ProviderName, after, take = PageSize }).ConfigureAwait(false);
        var now = clock.Moment();
        foreach (var row in rows)
            connection.Defer(Record, new { row.Id, actor, now });
        return rows;
    }

    private static string Line(Row row, ITenantCipher cipher)
    {
        var to = JsonSerializer.Deserialize(cipher.Decrypt(row.Destination), PayoutJson.Default.PayoutDestination)!;
        // whoever pays a line that was in an earlier file may pay it twice
        var before = row.Exports > 0 ? "yes" : "no";
        var amount = new Money(row.Net, row.Currency).ToDecimalString();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Csv.Account(row.Id)},{amount},{row.Currency},{to.Kind},{Csv.Harmless(to.Bank)},{Csv.Account(to.Account)},{Csv.Harmless(to.AccountName)},{before}\r\n");
    }

    private sealed record Row(string Id, string Currency, long Net, byte[] Destination, int Exports);
}
