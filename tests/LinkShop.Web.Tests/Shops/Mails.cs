using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The mails of a platform and its shops, which have no mail server: files in their outboxes.</summary>
internal static class Mails
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Those to an address, as text.</summary>
    public static List<string> To(string dataPath, string address, string tenant = "Default")
    {
        var folder = Path.Combine(dataPath, "Sites", tenant, "Outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(ShopMailTests.TextOf).Where(m => m.Contains(address, StringComparison.OrdinalIgnoreCase))] : [];
    }

    /// <summary>Waits for one whose text has the words.</summary>
    public static Task<string> FindAsync(string dataPath, string address, params string[] words) => InAsync(dataPath, "Default", address, words);

    /// <summary>The same among the mails of a shop.</summary>
    public static async Task<string> InAsync(string dataPath, string tenant, string address, params string[] words)
    {
        var until = DateTime.UtcNow + s_limit;
        while (true)
        {
            var mails = To(dataPath, address, tenant);
            if (mails.Find(m => Array.TrueForAll(words, word => m.Contains(word, StringComparison.Ordinal))) is { } found)
                return found;
            Assert.True(DateTime.UtcNow < until, $"no mail to {address} with {string.Join(", ", words)} among {mails.Count}: {string.Join('\n', mails)}");
            await Task.Delay(50); // poll of the condition above
        }
    }
}
