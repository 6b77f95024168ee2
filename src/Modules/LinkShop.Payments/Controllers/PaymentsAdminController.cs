using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Http;
using LinkShop.Payments.Sandbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Payments.Controllers;

/// <summary>Providers and their secrets.</summary>
[Admin("Payments/{action}/{id?}", "Payments{action}")]
public sealed class PaymentsAdminController(
    IEnumerable<IPaymentProvider> providers, IServiceProvider services, IPaymentRefusals refusals, ISiteService sites, TenantScope scope,
    IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<PaymentsAdminController> H) : Controller
{
    /// <summary>All providers of this tenant and whether they can be used.</summary>
    public async Task<IActionResult> Index()
    {
        if (!await AllowedAsync())
        {
            return Forbid();
        }

        var rows = new List<ProviderRow>();
        foreach (var provider in providers.Where(p => !p.IsInternal))
        {
            rows.Add(new ProviderRow(provider.Name, provider.DisplayName, await provider.IsUsableAsync(HttpContext.RequestAborted)));
        }

        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var refused = await refusals.ListAsync(scope, 50, HttpContext.RequestAborted);
        return View(new PaymentsAdminViewModel(rows, [.. refused.Select(r => r with { At = LocalTime.In(zone, r.At) })]));
    }

    /// <summary>The sandbox's settings.</summary>
    public async Task<IActionResult> Sandbox()
    {
        if (!await AllowedAsync())
        {
            return Forbid();
        }

        return Secrets is { } secrets
            ? View(new SandboxAdminViewModel { Enabled = Options.Enabled, Configured = Options.Configured, Refused = Options.Refused, IsSet = await secrets.GetAsync() is not null })
            : NotFound();
    }

    /// <summary>Sets, makes or takes away the secret.</summary>
    [HttpPost, ActionName("Sandbox")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> SandboxPost(SandboxAdminViewModel model, string? act)
    {
        if (!await AllowedAsync())
        {
            return Forbid();
        }

        if (Secrets is not { } secrets || Options.Configured || !Options.Enabled)
        {
            return NotFound();
        }

        switch (act)
        {
            case "generate":
                await secrets.SetAsync(SandboxSecrets.Generate());
                await notifier.SuccessAsync(H["A new secret was made. Callbacks signed with the old one are refused from now on."]);
                break;
            case "clear":
                await secrets.ClearAsync();
                await notifier.WarningAsync(H["The secret was removed. The sandbox can't be used until it has one again."]);
                break;
            case "show":
                model.Shown = await secrets.GetAsync() is { } secret ? System.Text.Encoding.UTF8.GetString(secret) : null;
                model.IsSet = model.Shown is not null;
                return View("Sandbox", model);
            default:
                var given = model.Secret?.Trim() ?? "";
                if (given.Length < SandboxOptions.MinLength)
                {
                    ModelState.AddModelError(nameof(model.Secret), H.GetString("The secret must have at least {0} characters.", SandboxOptions.MinLength));
                    model.IsSet = await secrets.GetAsync() is not null;
                    Response.StatusCode = 422;
                    return View("Sandbox", model);
                }

                await secrets.SetAsync(given);
                await notifier.SuccessAsync(H["The secret was saved."]);
                break;
        }

        return RedirectToAction(nameof(Sandbox));
    }

    // Only there while the sandbox's feature is enabled.
    private SandboxSecrets? Secrets => services.GetService<SandboxSecrets>();

    private SandboxOptions Options => services.GetRequiredService<SandboxOptions>();

    private Task<bool> AllowedAsync() => authorization.AuthorizeAsync(User, Permissions.ManagePayments);
}

/// <summary>The payments screen; its times are the site's.</summary>
public sealed record PaymentsAdminViewModel(IReadOnlyList<ProviderRow> Providers, IReadOnlyList<PaymentRefusal> Refusals);

/// <summary>A provider in the list.</summary>
public sealed record ProviderRow(string Name, string DisplayName, bool Usable);

/// <summary>The sandbox's settings screen.</summary>
public sealed class SandboxAdminViewModel
{
    public string? Secret { get; set; }

    public string? Shown { get; set; }

    public bool IsSet { get; set; }

    public bool Enabled { get; set; } = true;

    public bool Configured { get; set; }

    public bool Refused { get; set; }
}
