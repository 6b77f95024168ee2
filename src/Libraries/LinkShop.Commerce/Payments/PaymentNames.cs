namespace LinkShop.Commerce.Payments;

/// <summary>What people call those that payments come by and money is at, in English; screens translate it. The stored names are the system's.</summary>
public static class PaymentNames
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["sandbox"] = "Sandbox (no real money)",
        [PaymentFacts.Balance] = "Balance",
        [PaymentFacts.Points] = "Points",
        [PaymentFacts.Resale] = "Between shops and suppliers",
        ["manual"] = "Paid by hand at the bank",
    };

    /// <summary>All names, for whoever checks that they are translated.</summary>
    public static IEnumerable<string> All => s_names.Values;

    /// <summary>A provider's name; one that isn't known here stands for itself.</summary>
    /// <param name="provider">As it is stored.</param>
    public static string Of(string provider) => s_names.GetValueOrDefault(provider, provider);
}
