using LinkShop.Commerce.Shops;

namespace LinkShop.Shops.ViewModels;

/// <summary>The money of all malls and shops.</summary>
/// <param name="Sums">By currency.</param>
/// <param name="Owing">Shops that owe, the highest debts first.</param>
public sealed record MoneyPage(IReadOnlyList<ShopsMoney> Sums, IReadOnlyList<OwingShop> Owing);
