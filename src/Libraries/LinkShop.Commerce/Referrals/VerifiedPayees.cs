using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Referrals;

/// <summary>What somebody vouched for of a payee is what a promoter is known by when they buy: name and document, and the account they are paid to.</summary>
internal static class VerifiedPayees
{
    private const int Batch = 500;

    // who was verified before they joined, and before joining looked at it
    private const string Unknown = PayeeRow.Select + """
         and exists (select 1 from referral_promoter p where p.tenant = @tenant and p.id = payee.owner)
          and ((identity_verified_at is not null and not exists (select 1 from referral_identity i where i.promoter = payee.owner and i.tenant = @tenant and i.kind = 'RealName'))
            or (destination_verified_at is not null and not exists (select 1 from referral_identity i where i.promoter = payee.owner and i.tenant = @tenant and i.kind = 'Payment')))
        """;

    /// <summary>Keeps what is verified of a payee who is a promoter; of anybody else nothing.</summary>
    public static void Add(ICommerceConnection connection, ITenantCipher cipher, PayeeRow payee, DateTimeOffset now)
    {
        if (payee.IdentityVerifiedAt is not null && payee.ReadIdentity(cipher) is { } identity)
            Promoters.AddSignal(connection, cipher, payee.Owner, PromoterSignal.RealName, $"{identity.LegalName} {identity.IdNumber}", now);
        if (payee.DestinationVerifiedAt is not null && payee.ReadDestination(cipher) is { } destination)
            Promoters.AddSignal(connection, cipher, payee.Owner, PromoterSignal.Payment, destination.Account, now);
    }

    /// <summary>The same of all who were missed.</summary>
    public static async Task FindAsync(ICommerceDatabase database, ISecretProtector protector, TenantScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var missed = await database.ReadAsync(scope, c => c.QueryAsync<PayeeRow>(Unknown), cancellationToken).ConfigureAwait(false);
        if (missed.Count == 0)
            return;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        foreach (var some in missed.Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await database.WriteAsync(
                scope,
                c =>
                {
                    foreach (var payee in some)
                        Add(c, cipher, payee, now);
                    return Task.FromResult(true);
                },
                CancellationToken.None).ConfigureAwait(false);
        }
    }
}
