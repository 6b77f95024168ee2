using System.Globalization;
using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Writes a pool's keys in clear, page by page so that no long read holds the database up.</summary>
internal sealed class KeyExport(ICommerceDatabase database, ISecretProtector protector, TimeProvider time)
{
    private const int Page = 2000;

    public async Task<long> RunAsync(TenantScope scope, long poolId, KeyState? state, Stream output, string actor, CancellationToken cancellationToken)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        // recorded before the first key leaves, so an export that breaks off is on record too
        await database.WriteAsync(
            scope,
            connection =>
            {
                KeyAudit.Write(connection, time, actor, "Export", poolId, null, null, 0);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var closing = writer.ConfigureAwait(false);
        await writer.WriteLineAsync("id,key,label,note,state,order").ConfigureAwait(false);
        var written = 0L;
        for (var after = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await PageAsync(scope, poolId, state, after, cancellationToken).ConfigureAwait(false);
            foreach (var (key, secret) in page)
            {
                await writer.WriteLineAsync(Line(key, cipher.Decrypt(secret))).ConfigureAwait(false);
            }

            written += page.Count;
            if (page.Count < Page)
            {
                return written;
            }

            after = page[^1].Key.Id;
        }
    }

    private static string Line(CardKey key, string secret)
        => string.Create(CultureInfo.InvariantCulture, $"{key.Id},{Csv.Exact(secret)},{Csv.Exact(key.Label)},{Csv.Exact(key.Note)},{key.State},{Csv.Exact(key.OrderId)}");

    private Task<List<(CardKey Key, byte[] Secret)>> PageAsync(TenantScope scope, long poolId, KeyState? state, long after, CancellationToken cancellationToken)
        // a key that is reserved between two statements would be in neither of its states
        => database.ReadSnapshotAsync(
            scope,
            async connection =>
            {
                var keys = await KeyStatistics.ListKeysAsync(connection, poolId, state, after, Page).ConfigureAwait(false);
                var secrets = (await connection.QueryAsync<(long Id, byte[] Secret)>(
                    $"select id, secret from card_key where {KeyTake.For(connection).Own} and id {connection.In("ids")}",
                    new { ids = keys.Select(k => k.Id).ToArray() }).ConfigureAwait(false)).ToDictionary(s => s.Id, s => s.Secret);
                return keys.Where(k => secrets.ContainsKey(k.Id)).Select(k => (k, secrets[k.Id])).ToList();
            },
            cancellationToken);
}
