using System.Security.Cryptography;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Idempotency;

/// <inheritdoc />
internal sealed class IdempotencyStore(TimeProvider time) : IIdempotencyStore
{
    public const int SweepSize = 1000;

    public static readonly TimeSpan LifeTime = TimeSpan.FromHours(24);

    public IdempotencyClaim Claim(ICommerceConnection connection, string key, byte[] requestHash)
    {
        if (key.Length is 0 or > 200)
        {
            throw new CommerceException("idempotency_key_invalid", "An idempotency key has 1 to 200 characters.");
        }

        // on PostgreSQL a twin waits here for the first one's commit or rollback; on SQLite it runs after it anyway, and Complete stores the row
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            connection.Defer(
                "insert into idempotency (tenant, key, request_hash, expires_at) values (@tenant, @key, @requestHash, @expires) on conflict (tenant, key) do nothing",
                new { key, requestHash, expires = time.GetUtcNow() + LifeTime });
        }

        // only this transaction sees a row without an answer
        return new KeyClaim(key, requestHash, connection.DeferQuery<StoredRow>(
            "select request_hash, status, body from idempotency where tenant = @tenant and key = @key and status is not null", new { key }));
    }

    public void Complete(ICommerceConnection connection, string key, byte[] requestHash, StoredResponse response)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            connection.Defer("update idempotency set status = @status, body = @body where tenant = @tenant and key = @key", new { key, status = response.Status, body = response.Body });
            return;
        }

        connection.Defer(
            "insert into idempotency (tenant, key, request_hash, status, body, expires_at) values (@tenant, @key, @requestHash, @status, @body, @expires)",
            new { key, requestHash, status = response.Status, body = response.Body, expires = time.GetUtcNow() + LifeTime });
    }

    /// <summary>Deletes up to a thousand expired keys.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
        => database.WriteSystemAsync(
            connection => connection.ExecuteAsync(
                "delete from idempotency where (tenant, key) in (select tenant, key from idempotency where expires_at < @now and " + CommerceSql.Settled + " limit @limit)",
                new { now = time.GetUtcNow(), limit = SweepSize }),
            cancellationToken);

    private sealed class KeyClaim(string key, byte[] requestHash, DeferredRows<StoredRow> found) : IdempotencyClaim
    {
        public override StoredResponse? Stored
        {
            get
            {
                if (found.Rows.Count == 0)
                {
                    return null;
                }

                var row = found.Rows[0];
                return CryptographicOperations.FixedTimeEquals(row.RequestHash, requestHash) ? new StoredResponse(row.Status, row.Body) : throw new IdempotencyConflictException(key);
            }
        }
    }

    private sealed record StoredRow(byte[] RequestHash, int Status, string Body);
}
