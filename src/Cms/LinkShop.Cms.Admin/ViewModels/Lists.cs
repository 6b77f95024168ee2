using Microsoft.AspNetCore.Mvc.Rendering;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.FileStorage;
using OrchardCore.Recipes.Models;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.ViewModels;

/// <summary>Where a list is; the partial view <c>_Pager</c> shows it.</summary>
public sealed record PagerViewModel(int Page, int PageSize, int Total)
{
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

public sealed record UsersViewModel(IReadOnlyList<User> Users, PagerViewModel Pager, string? Search, DateTime Now, bool MayEdit, bool MayDelete);

public sealed record RolesViewModel(IReadOnlyList<RoleRow> Roles);

public sealed record RoleRow(IRole Role, bool IsSystem, bool IsAdmin);

public sealed record ContentListViewModel(
    IReadOnlyList<ContentItem> Items, PagerViewModel Pager, string? Search, string? Type, string? Status,
    IReadOnlyDictionary<string, string> TypeNames, IReadOnlyList<ContentTypeDefinition> Creatable);

public sealed record ContentTypesViewModel(IReadOnlyList<ContentTypeDefinition> Types);

public sealed record FeaturesViewModel(IReadOnlyList<IGrouping<string, FeatureRow>> Groups, string? Search);

public sealed record FeatureRow(IFeatureInfo Feature, bool IsEnabled, IReadOnlyList<string> Needs, IReadOnlyList<string> NeededBy)
{
    public bool CanDisable => IsEnabled && !Feature.IsAlwaysEnabled && NeededBy.Count == 0;

    public bool CanEnable => !IsEnabled && !Feature.EnabledByDependencyOnly;
}

/// <param name="Recipes">What set-up recipes are called, by name.</param>
public sealed record TenantsViewModel(IReadOnlyList<ShellSettings> Tenants, PagerViewModel Pager, string? Search, IReadOnlyDictionary<string, string> Recipes);

public sealed record ThemesViewModel(IReadOnlyList<IExtensionInfo> Site, IReadOnlyList<IExtensionInfo> Admin, string? CurrentSite, string? CurrentAdmin);

public sealed record RecipesViewModel(IReadOnlyList<RecipeDescriptor> Recipes);

public sealed record MediaViewModel(IReadOnlyList<IFileStoreEntry> Files, PagerViewModel Pager, string? Search);

public sealed record OutboxViewModel(IReadOnlyList<OutboxMail> Mails, PagerViewModel Pager, string? Host);

public sealed record OutboxMail(string To, string Subject, DateTime Written);
