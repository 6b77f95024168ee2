using LinkShop.Commerce.Payments;

namespace LinkShop.Platform.Services;

/// <summary>Looks for ways to pay that can be used now.</summary>
internal static class UsableProviders
{
    /// <summary>Whether one of a kind is usable.</summary>
    public static async Task<bool> AnyUsableAsync(this IEnumerable<IPaymentProvider> providers, Func<IPaymentProvider, bool> kind)
    {
        foreach (var provider in providers.Where(kind))
        {
            if (await provider.IsUsableAsync())
            {
                return true;
            }
        }

        return false;
    }
}
