using System.Text.Json;
using LinkShop.Cms.Admin.Roles;
using LinkShop.Cms.Content.Caching;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.Users;

/// <summary>The recipe step <c>users</c>: creates or replaces accounts. Passwords come as hashes, never in clear.</summary>
internal sealed class UsersStep(UserManager<IUser> userManager, TenantDocuments<RolesDocument> roles, IStringLocalizer<UsersStep> S) : NamedRecipeStepHandler("users")
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        StepModel? model;
        try
        {
            model = context.Step.Deserialize<StepModel>(s_options);
        }
        catch (JsonException exception)
        {
            context.Errors.Add(S["The step 'users' can't be read: {0}", exception.Message]);
            return;
        }

        foreach (var entry in model?.Users ?? []) await SaveAsync(entry, context);
    }

    private async Task SaveAsync(UserEntry entry, RecipeExecutionContext context)
    {
        if (string.IsNullOrWhiteSpace(entry.UserName))
        {
            context.Errors.Add(S["A user needs a user name."]);
            return;
        }

        var known = await roles.GetAsync();
        var unknown = entry.RoleNames.Where(name => known.Find(name) is null && !RolesDocument.SystemRoles.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
        foreach (var name in unknown) context.Errors.Add(S["The user '{0}' has the role '{1}', which doesn't exist.", entry.UserName, name]);
        if (unknown.Length > 0) return;

        var existing = (User?)await userManager.FindByNameAsync(entry.UserName);
        var user = existing ?? new User { UserId = entry.UserId ?? UserStore.NewId(), UserName = entry.UserName };
        user.Email = entry.Email;
        user.EmailConfirmed = entry.EmailConfirmed;
        user.IsEnabled = entry.IsEnabled;
        user.IsLockoutEnabled = true;
        user.RoleNames = [.. entry.RoleNames];
        if (entry.PasswordHash is not null) user.PasswordHash = entry.PasswordHash;
        var result = existing is null ? await userManager.CreateAsync(user) : await userManager.UpdateAsync(user);
        foreach (var error in result.Errors) context.Errors.Add(S["The user '{0}' can't be saved: {1}", entry.UserName, error.Description]);
    }

    private sealed class StepModel
    {
        public UserEntry[] Users { get; set; } = [];
    }

    private sealed class UserEntry
    {
        public string? UserId { get; set; }

        public string UserName { get; set; } = "";

        public string? Email { get; set; }

        public bool EmailConfirmed { get; set; }

        public string? PasswordHash { get; set; }

        public bool IsEnabled { get; set; } = true;

        public string[] RoleNames { get; set; } = [];
    }
}
