using System.Collections.Concurrent;
using System.Security.Cryptography;
using LinkShop.Commerce.Data;
using Microsoft.AspNetCore.DataProtection;

namespace LinkShop.Commerce.Protection;

/// <inheritdoc />
internal sealed class SecretProtector(ICommerceDatabase database, IDataProtectionProvider dataProtection, TimeProvider time) : ISecretProtector
{
    private readonly ConcurrentDictionary<string, ITenantCipher> _ciphers = new(StringComparer.Ordinal);

    public async ValueTask<ITenantCipher> ForAsync(TenantScope scope, CancellationToken cancellationToken = default)
    {
        if (_ciphers.TryGetValue(scope.Tenant, out var cipher))
        {
            return cipher;
        }

        var stored = await database.ReadAsync(scope, LoadAsync, cancellationToken).ConfigureAwait(false);
        return stored ?? await database.WriteAsync(scope, MakeAsync, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ITenantCipher> ForAsync(ICommerceConnection connection)
    {
        var tenant = connection.Tenant ?? throw new InvalidOperationException("A system connection has no tenant's key.");
        return _ciphers.TryGetValue(tenant, out var cipher) ? cipher
            : await LoadAsync(connection).ConfigureAwait(false) ?? await MakeAsync(connection).ConfigureAwait(false);
    }

    private async Task<ITenantCipher?> LoadAsync(ICommerceConnection connection)
    {
        var wrapped = await connection.QuerySingleOrDefaultAsync<byte[]>("select wrapped from tenant_key where tenant = @tenant").ConfigureAwait(false);
        return wrapped is null ? null : Remember(connection, Unwrap(connection.Tenant!, wrapped));
    }

    private async Task<ITenantCipher> MakeAsync(ICommerceConnection connection)
    {
        var tenant = connection.Tenant!;
        var made = Protector(tenant).Protect(RandomNumberGenerator.GetBytes(TenantCipher.DataKeySize));
        await connection.ExecuteAsync(
            "insert into tenant_key (tenant, wrapped, created_at) values (@tenant, @made, @now) on conflict (tenant) do nothing",
            new { made, now = time.GetUtcNow() }).ConfigureAwait(false);

        // another process may have been first
        var stored = await connection.QuerySingleOrDefaultAsync<byte[]>("select wrapped from tenant_key where tenant = @tenant").ConfigureAwait(false);
        return Remember(connection, Unwrap(tenant, stored!));
    }

    // a key that is undone after all would leave what it encrypted unreadable
    private TenantCipher Remember(ICommerceConnection connection, TenantCipher cipher)
    {
        var tenant = connection.Tenant!;
        connection.WhenCertain(() => _ciphers.TryAdd(tenant, cipher));
        return cipher;
    }

    private TenantCipher Unwrap(string tenant, byte[] wrapped) => new(Protector(tenant).Unprotect(wrapped));

    private IDataProtector Protector(string tenant) => dataProtection.CreateProtector("LinkShop.Commerce.TenantKey", tenant);
}
