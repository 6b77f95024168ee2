using System.Security.Cryptography;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Evidence;

/// <inheritdoc />
internal sealed class EvidenceBuilder(ICommerceDatabase database, ISecretProtector protector, EvidenceReader reader, DeliveryLog log, TimeProvider clock) : IEvidence
{
    // the same pack for the same person within an hour, page and file, is one entry
    private const string Insert = """
        insert into order_log (tenant, order_id, id, at, kind, actor, note) values (@tenant, @orderId, @id, @now, @kind, @actor, @note) on conflict do nothing
        """;

    public async Task<CommerceResult<EvidenceFile>> BuildAsync(TenantScope scope, string orderId, string actor, CancellationToken cancellationToken = default)
    {
        // looks of a moment ago belong to it; where buyers come without a pause it isn't waited for
        await Task.WhenAny(log.FlushAsync(), Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken)).ConfigureAwait(false);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        if (await database.ReadSnapshotAsync(scope, c => reader.ReadAsync(c, orderId, cipher), cancellationToken).ConfigureAwait(false) is not { } pack)
            return new CommerceError(CommerceErrors.NotFound, "There is no such order.");
        var json = EvidenceJson.Write(pack);
        var file = new EvidenceFile(pack, json, Convert.ToHexStringLower(SHA256.HashData(json)));
        var now = clock.GetUtcNow();
        var id = $"{now.ToUnixTimeSeconds() / 3600:D8}-{file.Sha256[..16]}-{actor}";
        await database.WriteAsync(scope, c => c.ExecuteAsync(Insert, new { orderId, id, now, kind = EvidenceReader.Built, actor, note = "SHA-256 " + file.Sha256 }), cancellationToken).ConfigureAwait(false);
        return file;
    }
}
