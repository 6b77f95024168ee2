using LinkShop.Cms.Admin.Users;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security;
using OrchardCore.Security.Services;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using YesSql;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Users")]
[Admin("Users/{action}/{id?}", "Users.{action}")]
public sealed class UsersController(
    UserManager<IUser> userManager, IUserService userService, IRoleService roleService, ISiteService siteService, YesSql.ISession session, IClock clock,
    INotifier notifier, IStringLocalizer<UsersController> S, IHtmlLocalizer<UsersController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Users", "Users.Index")]
    public async Task<IActionResult> Index(string? q, PagerParameters pagerParameters)
    {
        if (!await IsAllowedAsync(UsersPermissions.ListUsers)) return Forbid();
        var pager = await PagerAsync(pagerParameters);
        var query = session.Query<User, UserIndex>();
        if (!string.IsNullOrWhiteSpace(q))
        {
            var search = userManager.NormalizeName(q.Trim());
            query = query.Where(index => index.NormalizedUserName!.Contains(search) || index.NormalizedEmail!.Contains(search));
        }

        var total = await query.CountAsync();
        var users = await query.OrderBy(index => index.NormalizedUserName).Skip(pager.GetStartIndex()).Take(pager.PageSize).ListAsync();
        return View(new UsersViewModel([.. users], Describe(pager, total), q, clock.UtcNow, await IsAllowedAsync(UsersPermissions.EditUsers), await IsAllowedAsync(UsersPermissions.DeleteUsers)));
    }

    [HttpGet]
    public async Task<IActionResult> Create()
        => await IsAllowedAsync(UsersPermissions.EditUsers) ? View("Edit", await CompleteAsync(new UserEditViewModel())) : Forbid();

    [HttpPost]
    public async Task<IActionResult> Create(UserEditViewModel model)
    {
        if (!await IsAllowedAsync(UsersPermissions.EditUsers)) return Forbid();
        await CompleteAsync(model);
        if (string.IsNullOrEmpty(model.Password)) ModelState.AddModelError(nameof(model.Password), S["Enter a password."]);
        await CheckEmailAsync(model, null);
        if (!ModelState.IsValid) return View("Edit", model);
        var user = new User { UserName = model.UserName, Email = model.Email, IsEnabled = model.IsEnabled, RoleNames = ChosenRoles(model) };
        if (await userService.CreateUserAsync(user, model.Password!, ModelState.AddModelError) is null) return View("Edit", model);
        await notifier.SuccessAsync(H["The user {0} was created.", user.UserName]);
        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await IsAllowedAsync(UsersPermissions.EditUsers)) return Forbid();
        if (await userManager.FindByIdAsync(id) is not User user) return NotFound();
        if (!await MayTouchAsync(user)) return Forbid();
        return View(await CompleteAsync(new UserEditViewModel
        {
            Id = user.UserId,
            UserName = user.UserName,
            Email = user.Email,
            IsEnabled = user.IsEnabled,
            RoleNames = [.. user.RoleNames],
        }));
    }

    [HttpPost]
    public async Task<IActionResult> Edit(string id, UserEditViewModel model)
    {
        if (!await IsAllowedAsync(UsersPermissions.EditUsers)) return Forbid();
        if (await userManager.FindByIdAsync(id) is not User user) return NotFound();
        if (!await MayTouchAsync(user)) return Forbid();
        model.Id = id;
        await CompleteAsync(model);
        await CheckEmailAsync(model, user);
        // A name of the time when that could be chosen stays as long as neither is changed.
        if ((user.UserName != model.UserName || user.Email != model.Email) && UserService.IsAnothersAddress(model.UserName, model.Email))
            ModelState.AddModelError(nameof(model.UserName), S["A user name can't be another e-mail address than the account's own."]);
        await CheckOwnAccessAsync(model, user);
        await CheckPasswordAsync(model, user);
        if (!ModelState.IsValid) return View(model);
        user.UserName = model.UserName;
        user.Email = model.Email;
        user.IsEnabled = model.IsEnabled;
        if (model.CanAssignRoles) user.RoleNames = ChosenRoles(model);
        if (!string.IsNullOrEmpty(model.Password)) user.PasswordHash = userManager.PasswordHasher.HashPassword(user, model.Password);
        // A new stamp makes open sessions read the account again.
        if (!UserService.Report(await userManager.UpdateSecurityStampAsync(user), ModelState.AddModelError)) return View(model);
        await notifier.SuccessAsync(H["The user {0} was saved.", user.UserName]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost]
    public async Task<IActionResult> Unlock(string id)
    {
        if (!await IsAllowedAsync(UsersPermissions.EditUsers)) return Forbid();
        if (await userManager.FindByIdAsync(id) is not User user) return NotFound();
        if (!await MayTouchAsync(user)) return Forbid();
        user.AccessFailedCount = 0;
        await userManager.SetLockoutEndDateAsync(user, null);
        await notifier.SuccessAsync(H["The user {0} can sign in again.", user.UserName]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost]
    public async Task<IActionResult> Delete(string id)
    {
        if (!await IsAllowedAsync(UsersPermissions.DeleteUsers)) return Forbid();
        if (await userManager.FindByIdAsync(id) is not User user) return NotFound();
        if (!await MayTouchAsync(user)) return Forbid();
        if (user.UserId == userManager.GetUserId(User) || user.UserId == (await siteService.GetSiteSettingsAsync()).SuperUser)
        {
            await notifier.ErrorAsync(H["Neither your own account nor the one that set the site up can be deleted."]);
            return RedirectToAction(nameof(Index));
        }

        // whoever refuses says why
        if ((await userManager.DeleteAsync(user)).Succeeded) await notifier.SuccessAsync(H["The user {0} was deleted.", user.UserName]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<UserEditViewModel> CompleteAsync(UserEditViewModel model)
    {
        model.CanAssignRoles = await IsAllowedAsync(UsersPermissions.AssignRoleToUsers);
        // Everybody has these two; nobody is given them.
        model.AllRoles = [.. (await roleService.GetRolesAsync()).Select(role => role.RoleName)
            .Where(name => name is not (OrchardCoreConstants.Roles.Anonymous or OrchardCoreConstants.Roles.Authenticated)).Order(StringComparer.CurrentCulture)];
        if (!await IsAllowedAsync(StandardPermissions.SiteOwner)) model.AllRoles = [.. model.AllRoles.Where(name => name != OrchardCoreConstants.Roles.Administrator)];
        return model;
    }

    /// <summary>Who can change an administrator's password is one, so only administrators may change administrators.</summary>
    private async Task<bool> MayTouchAsync(User user)
        => await IsAllowedAsync(StandardPermissions.SiteOwner)
            || (!user.RoleNames.Contains(OrchardCoreConstants.Roles.Administrator, StringComparer.OrdinalIgnoreCase)
                && user.UserId != (await siteService.GetSiteSettingsAsync()).SuperUser);

    private static List<string> ChosenRoles(UserEditViewModel model)
        => model.CanAssignRoles ? [.. model.AllRoles.Intersect(model.RoleNames, StringComparer.OrdinalIgnoreCase)] : [];

    private async Task CheckEmailAsync(UserEditViewModel model, User? user)
    {
        if (string.IsNullOrEmpty(model.Email)) return;
        var other = await userManager.FindByEmailAsync(model.Email) ?? (user?.Email == model.Email ? null : await userManager.FindByNameAsync(model.Email));
        if (other is User taken && taken.UserId != user?.UserId)
            ModelState.AddModelError(nameof(model.Email), S["The e-mail address '{0}' is already in use.", model.Email]);
    }

    private async Task CheckPasswordAsync(UserEditViewModel model, User user)
    {
        if (string.IsNullOrEmpty(model.Password)) return;
        foreach (var validator in userManager.PasswordValidators)
            UserService.Report(await validator.ValidateAsync(userManager, user, model.Password), ModelState.AddModelError);
    }

    /// <summary>Nobody may lock themselves out.</summary>
    private async Task CheckOwnAccessAsync(UserEditViewModel model, User user)
    {
        var isSuperUser = user.UserId == (await siteService.GetSiteSettingsAsync()).SuperUser;
        if ((isSuperUser || user.UserId == userManager.GetUserId(User)) && !model.IsEnabled)
            ModelState.AddModelError(nameof(model.IsEnabled), S["Neither your own account nor the one that set the site up can be disabled."]);
    }
}
