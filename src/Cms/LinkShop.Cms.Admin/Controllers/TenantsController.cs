using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Settings;
using OrchardCore.Setup.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>The sites of this server. Only the default tenant has this screen.</summary>
[Feature("OrchardCore.Tenants")]
[Admin("Tenants/{action}/{id?}", "Tenants.{action}")]
public sealed class TenantsController(
    IShellHost shellHost, IShellSettingsManager shellSettings, ISetupService setupService, ShellSettings current, ISiteService siteService,
    INotifier notifier, IStringLocalizer<TenantsController> S, IHtmlLocalizer<TenantsController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Tenants", "Tenants.Index")]
    public async Task<IActionResult> Index(string? q, PagerParameters pagerParameters)
    {
        if (!await MayManageAsync()) return Forbid();
        var all = shellHost.GetAllSettings();
        if (!string.IsNullOrWhiteSpace(q))
            all = all.Where(tenant => Has(tenant.Name, q) || Has(tenant.RequestUrlPrefix, q) || Has(tenant.RequestUrlHost, q) || Has(tenant["Description"], q));
        var (page, pager) = Cut([.. all.OrderBy(tenant => !tenant.IsDefaultShell()).ThenBy(tenant => tenant.Name, StringComparer.OrdinalIgnoreCase)], await PagerAsync(pagerParameters));
        var recipes = (await setupService.GetSetupRecipesAsync()).ToDictionary(recipe => recipe.Name, recipe => recipe.DisplayName ?? recipe.Name, StringComparer.Ordinal);
        return View(new TenantsViewModel(page, pager, q, recipes));
    }

    [HttpGet]
    public async Task<IActionResult> Create() => await MayManageAsync() ? View(await CompleteAsync(new TenantEditViewModel())) : Forbid();

    [HttpPost]
    public async Task<IActionResult> Create(TenantEditViewModel model)
    {
        if (!await MayManageAsync()) return Forbid();
        await CompleteAsync(model);
        Check(model);
        await CheckPasswordAsync(model);
        var recipe = model.Recipes.FirstOrDefault(candidate => candidate.Name == model.RecipeName);
        if (recipe is null) ModelState.AddModelError(nameof(model.RecipeName), S["Choose a recipe."]);
        if (!ModelState.IsValid) return View(model);
        var settings = shellSettings.CreateDefaultSettings();
        settings.Name = model.Name;
        settings.RequestUrlPrefix = model.RequestUrlPrefix;
        settings.RequestUrlHost = model.RequestUrlHost;
        settings.State = TenantState.Uninitialized;
        settings["RecipeName"] = model.RecipeName;
        await shellHost.UpdateShellSettingsAsync(settings);
        var context = new SetupContext { ShellSettings = settings, Recipe = recipe!, EnabledFeatures = [], Properties = await PropertiesAsync(model) };
        await setupService.SetupAsync(context);
        if (context.Errors.Count == 0)
        {
            await notifier.SuccessAsync(H["The site {0} is ready.", model.SiteName]);
            return RedirectToAction(nameof(Index));
        }

        // Nothing half-done stays behind: the name and address are free again.
        await shellHost.RemoveShellSettingsAsync(settings);
        foreach (var (key, message) in context.Errors) ModelState.AddModelError(key is "Password" or "UserName" or "Email" ? key : "", message);
        return View(model);
    }

    [HttpPost]
    public Task<IActionResult> Start(string id) => SetStateAsync(id, TenantState.Disabled, TenantState.Running);

    [HttpPost]
    public Task<IActionResult> Stop(string id) => SetStateAsync(id, TenantState.Running, TenantState.Disabled);

    private static bool Has(string? text, string search) => text?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    private async Task<bool> MayManageAsync() => current.IsDefaultShell() && await IsAllowedAsync(HostPermissions.ManageTenants);

    private async Task<IActionResult> SetStateAsync(string id, TenantState from, TenantState to)
    {
        if (!await MayManageAsync()) return Forbid();
        if (!shellHost.TryGetSettings(id, out var settings)) return NotFound();
        if (settings.IsDefaultShell())
        {
            await notifier.ErrorAsync(H["The default tenant can't be stopped."]);
            return RedirectToAction(nameof(Index));
        }

        if (settings.State == from)
        {
            await shellHost.UpdateShellSettingsAsync(new ShellSettings(settings) { State = to });
            await notifier.SuccessAsync(to == TenantState.Running ? H["The tenant {0} was started.", id] : H["The tenant {0} was stopped.", id]);
        }

        return RedirectToAction(nameof(Index));
    }

    private void Check(TenantEditViewModel model)
    {
        if (string.IsNullOrEmpty(model.RequestUrlPrefix) && string.IsNullOrEmpty(model.RequestUrlHost))
            ModelState.AddModelError(nameof(model.RequestUrlPrefix), S["Enter a path prefix, a host name, or both."]);
        foreach (var other in shellHost.GetAllSettings())
        {
            if (string.Equals(other.Name, model.Name, StringComparison.OrdinalIgnoreCase))
                ModelState.AddModelError(nameof(model.Name), S["There is already a tenant '{0}'.", model.Name]);
            if (string.Equals(other.RequestUrlPrefix ?? "", model.RequestUrlPrefix ?? "", StringComparison.OrdinalIgnoreCase)
                && string.Equals(other.RequestUrlHost ?? "", model.RequestUrlHost ?? "", StringComparison.OrdinalIgnoreCase))
                ModelState.AddModelError(nameof(model.RequestUrlPrefix), S["The tenant '{0}' already has this address.", other.Name]);
        }
    }

    /// <summary>Asked before the set-up starts, which would find it out only at its end.</summary>
    private async Task CheckPasswordAsync(TenantEditViewModel model)
    {
        if (string.IsNullOrEmpty(model.Password) || HttpContext.RequestServices.GetService<UserManager<IUser>>() is not { } userManager) return;
        foreach (var validator in userManager.PasswordValidators)
            Users.UserService.Report(await validator.ValidateAsync(userManager, new User { UserName = model.UserName }, model.Password), ModelState.AddModelError);
    }

    private async Task<TenantEditViewModel> CompleteAsync(TenantEditViewModel model)
    {
        // a hidden one takes more than can be typed here: a module sets sites up from it
        model.Recipes = [.. (await setupService.GetSetupRecipesAsync()).Where(recipe => !recipe.Tags.Contains("hidden", StringComparer.OrdinalIgnoreCase)).OrderBy(recipe => recipe.DisplayName ?? recipe.Name, StringComparer.CurrentCulture)];
        return model;
    }

    private async Task<Dictionary<string, object>> PropertiesAsync(TenantEditViewModel model) => new()
    {
        [SetupConstants.SiteName] = model.SiteName,
        [SetupConstants.AdminUserId] = Users.UserStore.NewId(),
        [SetupConstants.AdminUsername] = model.UserName,
        [SetupConstants.AdminEmail] = model.Email,
        [SetupConstants.AdminPassword] = model.Password,
        [SetupConstants.SiteTimeZone] = (await siteService.GetSiteSettingsAsync()).TimeZoneId ?? "",
    };
}
