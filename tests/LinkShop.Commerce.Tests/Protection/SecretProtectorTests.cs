using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce.Data;
using Npgsql;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Protection;

public sealed class SecretProtectorTests
{
    [Fact]
    public async Task The_stored_files_do_not_contain_a_key()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("p"))).Id;
        await commerce.ImportAsync(Mall, pool, "TOP-SECRET-CARD-KEY\n");
        await commerce.Pools.CreateAsync(Mall, new("loop", ReusableSecret: "TOP-SECRET-LOOP-KEY"));
        var files = Directory.GetFiles(Path.GetDirectoryName(commerce.SqliteFile)!);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.DoesNotContain("TOP-SECRET", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_postgres_rows_do_not_contain_a_key()
    {
        await using var commerce = await StartAsync(CommerceDialect.Postgres);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("p"))).Id;
        await commerce.ImportAsync(Mall, pool, "TOP-SECRET-CARD-KEY\n");
        await using var connection = new NpgsqlConnection(commerce.ConnectionString);
        await connection.OpenAsync();
        await using var query = new NpgsqlCommand("select string_agg(k::text || encode(k.secret, 'escape') || encode(k.key_hash, 'escape'), '') from commerce.card_key k", connection);
        var rows = (string)(await query.ExecuteScalarAsync())!;
        Assert.NotEmpty(rows);
        Assert.DoesNotContain("SECRET-CARD", rows, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Each_tenant_has_a_key_of_its_own_that_all_processes_share(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var ciphers = await Task.WhenAll(commerce.Protector.ForAsync(Mall).AsTask(), second.Protector.ForAsync(Mall).AsTask());
        var other = await commerce.Protector.ForAsync(Other);
        var secret = ciphers[0].Encrypt("卡密-1");
        Assert.Equal("卡密-1", ciphers[1].Decrypt(secret));
        Assert.NotEqual(secret, ciphers[0].Encrypt("卡密-1"));
        Assert.Equal(ciphers[0].Fingerprint("卡密-1"), ciphers[1].Fingerprint("卡密-1"));
        Assert.NotEqual(ciphers[0].Fingerprint("卡密-1"), other.Fingerprint("卡密-1"));
        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(secret));
        secret[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => ciphers[0].Decrypt(secret));
        Assert.ThrowsAny<CryptographicException>(() => ciphers[0].Decrypt([1, 2, 3]));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_key_made_in_a_write_that_was_undone_is_forgotten(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        byte[]? lost = null;
        await Assert.ThrowsAsync<TimeoutException>(() => commerce.Database.WriteAsync(Mall, async c =>
        {
            lost = (await commerce.Protector.ForAsync(c)).Encrypt("x");
            throw new TimeoutException();
        }));
        var cipher = await commerce.Database.WriteAsync(Mall, async c => await commerce.Protector.ForAsync(c));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(lost));
        await using var second = commerce.SecondProcess();
        Assert.Equal("y", (await second.Protector.ForAsync(Mall)).Decrypt(cipher.Encrypt("y")));
    }

    [Fact]
    public async Task A_cipher_serves_many_threads()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        var cipher = await commerce.Protector.ForAsync(Mall);
        Parallel.For(0, 5000, i => Assert.Equal($"secret {i}", cipher.Decrypt(cipher.Encrypt($"secret {i}"))));
    }
}
