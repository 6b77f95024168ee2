using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Settlement;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Finance.Services;

/// <summary>What the rules for fees can be about, so that nobody makes one that never holds.</summary>
/// <param name="Categories">Ids and titles of the categories.</param>
/// <param name="Providers">Stored names and titles of what orders are paid with.</param>
/// <param name="Tiers">Tiers that merchants have.</param>
/// <param name="Plans">Plans that merchants have.</param>
public sealed record FeeChoices(
    IReadOnlyList<(string Id, string Title)> Categories, IReadOnlyList<(string Id, string Title)> Providers, IReadOnlyList<string> Tiers, IReadOnlyList<string> Plans)
{
    /// <summary>The choices of a list, with what a rule has though it isn't among them any more.</summary>
    /// <param name="known">The list.</param>
    /// <param name="chosen">What the rule has, or null.</param>
    public static IEnumerable<(string Id, string Title)> With(IReadOnlyList<(string Id, string Title)> known, string? chosen) =>
        string.IsNullOrEmpty(chosen) || known.Any(k => k.Id == chosen) ? known : known.Append((chosen, chosen));
}

/// <summary>Reads <see cref="FeeChoices"/>.</summary>
public sealed class FeeChoiceReader(IMerchants merchants, PaymentNames names, TenantScope scope, IServiceProvider services)
{
    private const int MostMerchants = 500;

    /// <summary>The tenant's choices, titles in the reader's language; providers' titles are the English ones, which screens translate.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FeeChoices> ReadAsync(CancellationToken cancellationToken)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        // a site can sell without pages of its own for its goods
        var categories = services.GetService<ICatalogue>() is { } catalogue ? await catalogue.CategoriesAsync() : [];
        var known = await merchants.ListAsync(scope, take: MostMerchants, cancellationToken: cancellationToken);
        return new FeeChoices(
            [.. categories.Select(c => (c.Id, c.TitleIn(culture)))],
            [.. names.OfPayments()],
            Distinct(known.Select(m => m.Tier)), Distinct(known.Select(m => m.ShopPlan)));
    }

    private static IReadOnlyList<string> Distinct(IEnumerable<string?> all) => [.. all.OfType<string>().Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
