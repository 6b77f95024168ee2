using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>A product of the demo mall that is delivered by card key, and the pool it takes keys from.</summary>
internal sealed class BenchGoods
{
    public const string Prefix = "/" + LinkShopServer.Mall;
    // the demo recipe's first sample
    private const string Product = "goods-xuanye";
    public const string PoolName = "玄野点卡 100";

    public required string SkuId { get; init; }
    public required string Path { get; init; }
    public required long PriceMinor { get; init; }
    public required string Currency { get; init; }
    /// <summary>Whether buyers leave an e-mail address, so that each delivery is also mailed in the background, or a phone number.</summary>
    public bool Mail { get; set; }

    /// <summary>The code that buyers type, and what the goods cost with it.</summary>
    public (string Code, long PriceMinor)? Referral { get; set; }

    /// <summary>A different contact for each buyer.</summary>
    public string Contact(int buyer) => Mail
        ? string.Create(CultureInfo.InvariantCulture, $"buyer{buyer}@bench.example")
        : string.Create(CultureInfo.InvariantCulture, $"139{buyer:D8}");

    public string OrdersPath => Prefix + "/api/v1/orders";
    public string CallbackPath => Prefix + "/payments/sandbox/callback";

    public static async Task<BenchGoods> FirstCardKeyProductAsync(LinkShopServer server)
    {
        var product = await server.Client.GetFromJsonAsync<JsonElement>(new Uri($"{Prefix}/api/v1/products/{Product}", UriKind.Relative));
        var sku = product.GetProperty("skus")[0];
        return new BenchGoods
        {
            SkuId = sku.GetProperty("id").GetString()!,
            Path = Prefix + product.GetProperty("path").GetString(),
            PriceMinor = sku.GetProperty("priceMinor").GetInt64(),
            Currency = product.GetProperty("currency").GetString()!,
        };
    }

    /// <summary>Voids the sample keys and imports new ones through the admin's own form, so that exactly these can be delivered.</summary>
    public static async Task<HashSet<string>> ReplaceKeysAsync(LinkShopServer server, int count)
    {
        using var admin = await AdminSession.SignInAsync(server, Prefix);
        var pool = await admin.FindPoolAsync(PoolName);
        await admin.VoidAllAsync(pool);
        var keys = NewKeys(count).ToHashSet(StringComparer.Ordinal);
        await admin.ImportAsync(pool, keys);
        return keys;
    }

    /// <summary>Different keys of 24 characters.</summary>
    public static IEnumerable<string> NewKeys(int count)
    {
        var run = Guid.NewGuid().ToString("N")[..6].ToUpperInvariant();
        return Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"BENCH-{run}-{i:X8}-KEY"));
    }
}
