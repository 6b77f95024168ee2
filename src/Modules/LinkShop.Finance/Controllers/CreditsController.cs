using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Finance.Controllers;

/// <summary>Balances and points of buyers.</summary>
[Admin("Credits/{action}", "Credits{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class CreditsController(
    ICredits credits, IUserService users, ISiteService sites, FinanceAccess access, TenantScope scope, INotifier notifier, IHtmlLocalizer<CreditsController> H) : Controller
{
    private const string UsualCurrency = "CNY";

    /// <summary>Finds a buyer and shows what they have.</summary>
    public async Task<IActionResult> Index(string? user)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var found = string.IsNullOrWhiteSpace(user) ? null : await users.GetUserAsync(user.Trim());
        return await PageAsync(found, new CreditForm(), user);
    }

    /// <summary>Gives credit.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Grant(CreditForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        // the form brings the id, so that a name changed meanwhile can't make it somebody else's
        if (await FindAsync(form.UserId) is not { } user)
        {
            return NotFound();
        }

        var read = CreditForms.Read(form, User.Identity!.Name!);
        var granted = read.Succeeded ? await credits.GrantAsync(scope, read.Value, HttpContext.RequestAborted) : CommerceResult<CreditGrantView>.Failure(read.Errors);
        if (granted.Succeeded)
        {
            await notifier.SuccessAsync(H["Given."]);
            return RedirectToAction(nameof(Index), new { user = user.UserName });
        }

        return await RefusedAsync(user, form, granted.Errors[0]);
    }

    /// <summary>Takes back what is left of a grant.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> TakeBack(string? userId, string? grant, string? once, string? why)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await FindAsync(userId) is not { } user)
        {
            return NotFound();
        }

        var takeBack = new CreditTakeBack { Id = once ?? "", GrantId = grant ?? "", Reason = why?.Trim() ?? "", Actor = User.Identity!.Name! };
        var taken = await credits.TakeBackAsync(scope, takeBack, HttpContext.RequestAborted);
        if (taken.Succeeded)
        {
            await notifier.SuccessAsync(H["Taken back."]);
            return RedirectToAction(nameof(Index), new { user = user.UserName });
        }

        return await RefusedAsync(user, new CreditForm(), taken.Errors[0]);
    }

    private Task<IActionResult> RefusedAsync(User user, CreditForm form, CommerceError error)
    {
        ModelState.Clear();
        ModelState.AddModelError(error.Field ?? "", Message(error));
        return PageAsync(user, form, user.UserName, Problems.StatusOf(error.Code));
    }

    private async Task<IActionResult> PageAsync(IUser? found, CreditForm form, string? sought, int status = 200)
    {
        form.Once = Guid.NewGuid().ToString("n");
        if (found is not User user)
        {
            Response.StatusCode = string.IsNullOrWhiteSpace(sought) ? status : 404;
            return View(nameof(Index), new CreditsViewModel { Sought = sought, Form = form });
        }

        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var standings = await credits.StandingsAsync(scope, user.UserId, HttpContext.RequestAborted);
        var movements = await credits.MovementsAsync(scope, user.UserId, 100, HttpContext.RequestAborted);
        form.Currency ??= standings.Count > 0 ? standings[0].Available.Currency : UsualCurrency;
        Response.StatusCode = status;
        return View(nameof(Index), new CreditsViewModel
        {
            Sought = sought,
            UserId = user.UserId,
            UserName = user.UserName,
            Standings = standings,
            Grants = await credits.GrantsAsync(scope, user.UserId, 100, HttpContext.RequestAborted),
            Movements = [.. movements.Select(m => m with { At = LocalTime.In(zone, m.At) })],
            Form = form,
        });
    }

    private string Message(CommerceError error) => (error.Code, error.Field) switch
    {
        (CommerceErrors.InsufficientFunds, _) => H["Nothing of this is left: it was spent or taken back."].Value,
        (CommerceErrors.NotFound, _) => H["There is no such grant."].Value,
        (CommerceErrors.Conflict, _) => H["This form was used for something else already. Fill it in again."].Value,
        (_, "amount") => H["An amount is above zero, at most 1,000,000, and has no more decimals than the currency; points are a whole number."].Value,
        (_, "currency") => H["Give the currency's three letters, for example CNY."].Value,
        (_, "reason") => H["Say why, in up to 500 characters."].Value,
        _ => string.Format(CultureInfo.CurrentCulture, H["This isn't right: {0}"].Value, error.Message),
    };

    private async Task<User?> FindAsync(string? userId) => string.IsNullOrEmpty(userId) ? null : await users.GetUserByUniqueIdAsync(userId) as User;

    private Task<bool> MayAsync() => access.MayAsync(User, Permissions.ManageCredits);
}
