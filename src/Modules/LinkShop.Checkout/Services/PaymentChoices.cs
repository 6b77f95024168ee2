using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce.Payments;
using Microsoft.Extensions.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>The ways to pay that a buyer is offered: those that can be used now.</summary>
public sealed class PaymentChoices(IEnumerable<IPaymentProvider> providers, IStringLocalizer<PaymentChoices> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<PaymentChoice>> ListAsync()
    {
        var choices = new List<PaymentChoice>();
        foreach (var provider in providers)
        {
            if (await provider.IsUsableAsync())
            {
                choices.Add(new PaymentChoice(provider.Name, S[provider.DisplayName], "bi-credit-card"));
            }
        }

        return choices;
    }

    /// <summary>A provider by name, or null.</summary>
    public IPaymentProvider? Find(string? name) => providers.FirstOrDefault(p => p.Name == name);
}
