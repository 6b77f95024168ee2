using LinkShop.Commerce.Shops;

namespace LinkShop.Shops.Services;

/// <summary>Looks whether a domain is proven: by a record at its name servers, else by a file at its web server.</summary>
internal sealed class DomainProofs(IDomainResolver resolver, DomainFile file)
{
    public async Task<DomainProof> LookAsync(ShopDomain domain, CancellationToken cancellationToken)
    {
        var texts = await resolver.TextsAsync(domain.RecordName, cancellationToken);
        if (texts?.Contains(domain.RecordText, StringComparer.Ordinal) == true)
            return new DomainProof(DomainProofMethod.Dns);
        // the shop that has a domain serves the file itself once it leads here, whoever has bought it since: who writes records has the domain
        if (domain.State != ShopDomainState.Waiting && texts?.Any(IsSomebodys) == true)
            return new DomainProof(null, DomainProof.Different);
        var found = await file.LookAsync(domain.Domain, domain.Token, cancellationToken);
        if (found.Method is not null)
            return found;
        // only when all who can know have answered, the proof is missing
        if (texts is null)
            return new DomainProof(null, DomainProof.NoAnswer, Answered: false);
        return texts.Any(IsSomebodys) ? found with { Why = DomainProof.Different } : found;
    }

    private static bool IsSomebodys(string text) => text.StartsWith("linkshop=", StringComparison.Ordinal);
}
