namespace LinkShop.Commerce.Evidence;

/// <summary>Puts together what answers a disputed payment: what was agreed, paid, delivered and looked at. The caller has checked the permission.</summary>
public interface IEvidence
{
    /// <summary>Builds the pack from what is stored, in one snapshot, and writes to the order's history who did it and the pack's fingerprint.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="actor">User name of who builds it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pack, the same to the last byte as long as nothing happens to the order; or <c>not_found</c>.</returns>
    Task<CommerceResult<EvidenceFile>> BuildAsync(TenantScope scope, string orderId, string actor, CancellationToken cancellationToken = default);
}

/// <summary>A pack and the file it is handed over as.</summary>
/// <param name="Pack">What it says.</param>
/// <param name="Json">The file: UTF-8 JSON with stable snake_case names, RFC 3339 times and amounts as decimal strings.</param>
/// <param name="Sha256">SHA-256 of the file, 64 hexadecimal digits.</param>
public sealed record EvidenceFile(EvidencePack Pack, byte[] Json, string Sha256)
{
    /// <summary>Name of the file: the order's number and the beginning of the fingerprint.</summary>
    public string Name => $"evidence-{Pack.Order.Number}-{Sha256[..16]}.json";
}
