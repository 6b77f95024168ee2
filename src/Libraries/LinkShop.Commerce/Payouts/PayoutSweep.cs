using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Settlement;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Payouts;

/// <summary>Sends what is approved, and ends what may not be sent any more, without anybody having to think of it.</summary>
public interface IPayoutSweep
{
    /// <summary>
    /// Calls off what wasn't sent yet of owners who have come to owe, gives approved payouts to their providers, and asks again for those of which nobody knows what came of them. Safe to run in
    /// several processes.
    /// </summary>
    /// <param name="cancellationToken">Gives up between two payouts.</param>
    /// <returns>How many providers were asked.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed partial class PayoutSweep(ICommerceDatabase database, IPayouts payouts, PayoutDecisions decisions, IEnumerable<IPayoutProvider> providers, TimeProvider clock, ILogger<PayoutSweep> logger) : IPayoutSweep
{
    private const int Batch = 100;

    private const string Owing = $"""
        select p.tenant, p.id from {Debts.Owing} d join payout p on p.tenant = d.tenant and p.owner = d.owner and p.currency = d.currency
        where p.state in ('Requested', 'Approved') and p.{CommerceSql.Settled} order by p.tenant, p.id limit @take
        """;

    // a gateway that is down is asked ever less often; a person who pays by hand isn't asked at all; what waits for a promoter's case isn't tried
    private const string Due = $"""
        select tenant, id from payout p
        where state in ('Approved', 'Sending') and {CommerceSql.Settled} and (tenant, id) > (@afterTenant, @afterId) and (state = 'Sending' or not ({PayoutClearance.IsStopped}))
          and (state = 'Approved' or updated_at <= case when attempts < 5 then @minute when attempts < 15 then @quarter else @hour end)
          and (state = 'Approved' or provider 
        """;

    private const string Ordered = ") order by tenant, id limit @take";

    public Task<int> SweepAsync(CancellationToken cancellationToken = default) =>
        database.InEachAsync(each => SweepAsync(each, cancellationToken), cancellationToken);

    private async Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var automatic = providers.Where(p => !p.IsByHand).Select(p => p.Name).ToList();
        var now = clock.Moment();
        foreach (var payout in await database.ReadSystemAsync(c => c.QueryAsync<DueRow>(Owing, new { take = Batch }), cancellationToken).ConfigureAwait(false))
            await EndAsync(payout, cancellationToken).ConfigureAwait(false);
        var (afterTenant, afterId, asked) = ("", "", 0);
        while (true)
        {
            var due = await database.ReadSystemAsync(
                c => c.QueryAsync<DueRow>(
                    Due + c.In("automatic") + Ordered,
                    new { afterTenant, afterId, automatic, minute = now.AddMinutes(-1), quarter = now.AddMinutes(-15), hour = now.AddHours(-1), take = Batch }), cancellationToken).ConfigureAwait(false);
            foreach (var payout in due)
            {
                cancellationToken.ThrowIfCancellationRequested();
                asked += await SendAsync(payout, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            if (due.Count < Batch)
                return asked;
            (afterTenant, afterId) = (due[^1].Tenant, due[^1].Id);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "As below.")]
    private async Task EndAsync(DueRow payout, CancellationToken cancellationToken)
    {
        try
        {
            await decisions.EndOwingAsync(new TenantScope(payout.Tenant), payout.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(payout.Id, payout.Tenant, error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One payout that can't be sent must not keep the others waiting; it is tried again with the next sweep.")]
    private async Task<bool> SendAsync(DueRow payout, CancellationToken cancellationToken)
    {
        try
        {
            return (await payouts.SendAsync(new TenantScope(payout.Tenant), payout.Id, cancellationToken).ConfigureAwait(false)).Succeeded;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(payout.Id, payout.Tenant, error);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Payout {PayoutId} of {Tenant} could not be sent or called off; it is tried again.")]
    private partial void LogFailure(string payoutId, string tenant, Exception error);

    private sealed record DueRow(string Tenant, string Id);
}
