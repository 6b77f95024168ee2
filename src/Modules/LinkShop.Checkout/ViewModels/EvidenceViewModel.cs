using LinkShop.Commerce.Evidence;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The evidence pack of an order as a page.</summary>
/// <param name="File">The pack and its file.</param>
/// <param name="NameOf">Says what an entry of the history is.</param>
/// <param name="WhoOf">Says who was behind an entry of that kind.</param>
/// <param name="NoteOf">Says what else an entry of that kind tells.</param>
public sealed record EvidenceViewModel(EvidenceFile File, Func<string, string> NameOf, Func<string, string?, string?> WhoOf, Func<string, string?, string?> NoteOf);
