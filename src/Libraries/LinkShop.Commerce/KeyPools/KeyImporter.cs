using System.Collections.Concurrent;
using System.Threading.Channels;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Reads and encrypts chunks on one core while the database stores them on another.</summary>
internal sealed class KeyImporter(KeyBatchStore batches, ICommerceDatabase database, ISecretProtector protector, LowStockMonitor lowStock) : IKeyImporter
{
    private const int Chunk = 5000;
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(string Tenant, long Id), bool> _running = new();

    public async Task<KeyImportReport> ImportAsync(
        TenantScope scope, long poolId, Stream content, KeyFileFormat format, string source, IProgress<KeyImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var batchId = await batches.BeginAsync(scope, poolId, source, id => _running.TryAdd((scope.Tenant, id), true), cancellationToken).ConfigureAwait(false);
        try
        {
            var report = await StoreAsync(scope, new Source(poolId, batchId, content, format, cipher), progress, cancellationToken).ConfigureAwait(false);
            await batches.ActivateAsync(scope, poolId, batchId, cancellationToken).ConfigureAwait(false);
            lowStock.Watch(scope, poolId);
            return report;
        }
        catch
        {
            await batches.UndoAsync(scope, batchId, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _running.TryRemove((scope.Tenant, batchId), out _);
        }
    }

    public Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        // one SQLite file has one server, so whatever this process doesn't run is dead; on PostgreSQL another process may be at it
        var deadAfter = database.Dialect == CommerceDialect.Sqlite ? TimeSpan.Zero : DeadAfter;
        return database.InEachAsync(UndoDeadAsync, cancellationToken);

        async Task<int> UndoDeadAsync(ICommerceDatabase each)
        {
            var dead = (await batches.FindStagingAsync(each, deadAfter, cancellationToken).ConfigureAwait(false)).Where(b => !_running.ContainsKey((b.Tenant, b.Id))).ToList();
            foreach (var (id, tenant) in dead)
            {
                await batches.UndoAsync(each, new TenantScope(tenant), id, cancellationToken).ConfigureAwait(false);
            }

            return dead.Count;
        }
    }

    private async Task<KeyImportReport> StoreAsync(TenantScope scope, Source source, IProgress<KeyImportProgress>? progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var chunks = Channel.CreateBounded<KeyChunk>(4);
        var reading = Task.Run(() => ReadAsync(source, chunks.Writer, stop.Token), CancellationToken.None);
        var tally = new KeyImportTally();
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                var refused = chunk.Keys.Count == 0 ? [] : await batches.StoreAsync(scope, source.PoolId, source.BatchId, chunk.Keys, stop.Token).ConfigureAwait(false);
                tally.Add(chunk, refused);
                progress?.Report(new KeyImportProgress(chunk.LastLine, tally.Imported, tally.Duplicates + tally.Bad, chunk.BytesRead));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return tally.Report(source.BatchId);
    }

    private static async Task ReadAsync(Source source, ChannelWriter<KeyChunk> output, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new KeyLineReader(source.Content);
            var parser = new KeyLineParser(source.Format);
            bool more;
            do
            {
                var chunk = new KeyChunk();
                do
                {
                    Drain(reader, parser, source.Cipher, chunk);
                }
                while (chunk.Keys.Count < Chunk && chunk.Problems.Count < Chunk && await reader.FillAsync(cancellationToken).ConfigureAwait(false));
                more = chunk.Keys.Count >= Chunk || chunk.Problems.Count >= Chunk;
                (chunk.LastLine, chunk.BytesRead) = (reader.LineNumber, reader.BytesRead);
                await output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }
            while (more);
            output.Complete();
        }
        catch (Exception error)
        {
            // the storing side throws it
            output.Complete(error);
            throw;
        }
    }

    private static void Drain(KeyLineReader reader, KeyLineParser parser, ITenantCipher cipher, KeyChunk chunk)
    {
        while (chunk.Keys.Count < Chunk && chunk.Problems.Count < Chunk && reader.TryRead(out var line, out var isTooLong))
        {
            var problem = isTooLong ? KeyLineProblem.TooLong : parser.Parse(line);
            if (problem is { } bad)
            {
                chunk.Problems.Add(new SkippedLine(reader.LineNumber, bad, parser.Columns.Found, parser.Columns.Expected));
            }
            else if (!parser.IsSkipped)
            {
                chunk.Add(new NewKey(reader.LineNumber, cipher.Fingerprint(parser.Key), cipher.Encrypt(parser.Key), parser.Label, parser.Note));
            }
        }
    }

    private sealed record Source(long PoolId, long BatchId, Stream Content, KeyFileFormat Format, ITenantCipher Cipher);
}
