using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Commerce.Payouts;

/// <summary>Whether a payout may go on: not while its owner owes, and a promoter's not while they are looked at.</summary>
internal sealed class PayoutClearance(ILedger ledger, Debts debts)
{
    /// <summary>Condition on a payout <c>p</c>: its promoter is frozen or switched off.</summary>
    public const string IsStopped = "p.purpose = 'PromoterAvailable' and exists (select 1 from referral_promoter r where r.tenant = p.tenant and r.id = p.owner and r.state in ('Frozen', 'Killed'))";

    /// <summary>Condition on a payout <c>p</c>: its owner owes.</summary>
    public const string Owes = "coalesce((select sum(d.balance) from ledger_account d where d.tenant = p.tenant and d.owner = p.owner and d.currency = p.currency and d.purpose = 'Debt'), 0) < 0";

    private const string Stopped = "select count(*) from referral_promoter where tenant = @tenant and id = @owner and state in ('Frozen', 'Killed')";

    private static readonly CommerceError s_owes = new(PayoutErrors.OwnerOwes, "The owner has come to owe: what is set aside pays that first.");
    private static readonly CommerceError s_stopped = new(PayoutErrors.OwnerStopped, "The promoter is looked at or switched off.");

    /// <summary>What keeps a payout from going on now; null when nothing does.</summary>
    /// <param name="connection">The payout's write; nobody else makes or pays this owner's debt before it ends.</param>
    /// <param name="payout">The payout, locked.</param>
    public async Task<CommerceError?> ProblemAsync(ICommerceConnection connection, PayoutRow payout) =>
        await OwesAsync(connection, payout).ConfigureAwait(false) ? s_owes : await StoppedAsync(connection, payout).ConfigureAwait(false);

    /// <summary>Whether its owner owes.</summary>
    public async Task<bool> OwesAsync(ICommerceConnection connection, PayoutRow payout)
    {
        // the account before the debt, as everywhere
        _ = await ledger.AvailableAsync(connection, new LedgerAccount(payout.Owner, payout.Purpose), payout.Currency).ConfigureAwait(false);
        return await debts.OwedAsync(connection, payout.Owner, payout.Currency).ConfigureAwait(false) > 0;
    }

    /// <summary>That its promoter is looked at or switched off; null when not, and of anybody else's.</summary>
    public static async Task<CommerceError?> StoppedAsync(ICommerceConnection connection, PayoutRow payout) =>
        payout.Purpose == LedgerPurpose.PromoterAvailable && await connection.QuerySingleOrDefaultAsync<long>(Stopped, new { owner = payout.Owner }).ConfigureAwait(false) > 0 ? s_stopped : null;
}
