using LinkShop.Commerce.Evidence;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The evidence pack of an order as a page.</summary>
/// <param name="File">The pack and its file.</param>
/// <param name="NameOf">Says what an entry of the history is.</param>
public sealed record EvidenceViewModel(EvidenceFile File, Func<string, string> NameOf);
