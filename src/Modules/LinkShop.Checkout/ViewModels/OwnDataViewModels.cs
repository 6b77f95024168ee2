using LinkShop.Http;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The account's page.</summary>
/// <param name="Name">What its owner signs in with.</param>
/// <param name="Email">Its address, or null.</param>
/// <param name="HasPassword">Whether it has a password here; who comes in from another site has none.</param>
/// <param name="CanChangeEmail">Whether the address can be changed here.</param>
public sealed record OwnDataViewModel(string Name, string? Email, bool HasPassword, bool CanChangeEmail);

/// <summary>The page on which an account is deleted.</summary>
/// <param name="HasPassword">Whether it has a password here.</param>
/// <param name="Open">Why it can't be deleted yet.</param>
public sealed record DeletionViewModel(bool HasPassword, IReadOnlyList<OpenMatter> Open);
