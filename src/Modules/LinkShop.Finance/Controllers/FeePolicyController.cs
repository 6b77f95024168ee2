using LinkShop.Commerce;
using LinkShop.Commerce.Splits;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Finance.Controllers;

/// <summary>The rules for fees, release times and reserves.</summary>
[Admin("Fees/{action}", "Fees{action}")]
public sealed class FeePolicyController(
    IFeePolicies policies, FeeChoiceReader choices, ISiteService sites, IAuthorizationService authorization, TenantScope scope, INotifier notifier, IHtmlLocalizer<FeePolicyController> H) : Controller
{
    /// <summary>The rules in force.</summary>
    public async Task<IActionResult> Index() => await MayAsync()
        ? await ShowAsync(FeePolicyForms.Of(await policies.CurrentAsync(scope, HttpContext.RequestAborted), (await sites.GetSiteSettingsAsync()).TimeZoneId))
        : Forbid();

    /// <summary>Puts new rules in force.</summary>
    [HttpPost, ActionName("Index"), ValidateAntiForgeryToken]
    public async Task<IActionResult> IndexPost(FeePolicyForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        // a rule whose end can't be read isn't one without an end
        var message = H["The end must be after the start, and both from 1970 to 9998."].Value;
        var mistakes = 0;
        for (var i = 0; i < form.Rules.Count; i++)
        {
            mistakes += DateFields.Check(ModelState, $"Rules[{i}].ValidFrom", form.Rules[i].ValidFrom, message) ? 0 : 1;
            mistakes += DateFields.Check(ModelState, $"Rules[{i}].ValidUntil", form.Rules[i].ValidUntil, message) ? 0 : 1;
        }

        if (mistakes > 0)
        {
            Response.StatusCode = 422;
            return await ShowAsync(form);
        }

        var read = FeePolicyForms.Read(form, (await sites.GetSiteSettingsAsync()).TimeZoneId);
        var saved = read.Succeeded ? await policies.SaveAsync(scope, read.Value, User.Identity!.Name!, HttpContext.RequestAborted) : read;
        if (saved.Succeeded)
        {
            await notifier.SuccessAsync(H["The rules are in force for payments from now on. Orders that are paid keep theirs."]);
            return RedirectToAction(nameof(Index));
        }

        foreach (var error in saved.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", Message(error));
        }

        Response.StatusCode = saved.Errors[0].Code == CommerceErrors.Conflict ? 409 : 422;
        return await ShowAsync(form);
    }

    private async Task<IActionResult> ShowAsync(FeePolicyForm form) => View("Index", new FeePolicyPage(form, await choices.ReadAsync(HttpContext.RequestAborted)));

    private string Message(CommerceError error)
    {
        if (error.Code == CommerceErrors.Conflict)
        {
            return H["Somebody else changed the rules meanwhile. Open them again."].Value;
        }

        var field = error.Field ?? "";
        var what = field[(field.LastIndexOf('.') + 1)..] switch
        {
            "rate" or "basisPoints" => H["A rate is 0 to 100 percent and not above the ceiling."].Value,
            "fixed" or "fixedMinor" or "currency" => H["A fixed amount needs a currency, and not more decimals than the currency has."].Value,
            "id" => H["Each rule needs a name of its own."].Value,
            "ceiling" or "ceilingBasisPoints" => H["The ceiling can't be above what the installation allows."].Value,
            "validFrom" or "validUntil" => H["The end must be after the start, and both from 1970 to 9998."].Value,
            _ => Label(field) is { } label ? string.Format(System.Globalization.CultureInfo.CurrentCulture, H["{0}: please check this number."].Value, label) : H["Please check this number."].Value,
        };
        var open = field.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && int.TryParse(field.AsSpan(open + 1, field.IndexOf(']', StringComparison.Ordinal) - open - 1), out var index)
            ? string.Format(System.Globalization.CultureInfo.CurrentCulture, H["Row {0}: {1}"].Value, index + 1, what)
            : what;
    }

    private string? Label(string field) => field switch
    {
        "defaultDays" => H["Days after delivery"].Value,
        "reserve" or "reserveBasisPoints" => H["Keep back of new merchants, percent"].Value,
        "reserveDays" => H["Kept back for days"].Value,
        "newMerchantDays" => H["New for days"].Value,
        "refundAnswerHours" => H["Hours to answer a refund request"].Value,
        _ when field.EndsWith(".days", StringComparison.Ordinal) => H["Days"].Value,
        _ => null,
    };

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageFees);
}
