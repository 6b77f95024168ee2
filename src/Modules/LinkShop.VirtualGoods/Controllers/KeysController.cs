using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Security.Permissions;

namespace LinkShop.VirtualGoods.Controllers;

/// <summary>What is done with stored keys. Everything here leaves an audit row with the user's name.</summary>
[Admin("KeyPools/{id}/Keys/{action}", "Keys{action}")]
public sealed class KeysController(
    IKeyPools pools,
    ShellSettings shell,
    IAuthorizationService authorization,
    INotifier notifier,
    IHtmlLocalizer<KeysController> H) : Controller
{
    private const int MostSold = 1000;

    private TenantScope Scope => new(shell.Name);

    private string Actor => User.Identity?.Name ?? "";

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Withdraw(long id, long[]? keyIds, bool all)
    {
        if (!await MayAsync(VirtualGoodsPermissions.ManageKeyPools))
            return Forbid();
        if (!all && keyIds is not { Length: > 0 })
        {
            await notifier.WarningAsync(H["Choose the keys to withdraw."]);
            return BackTo(id);
        }

        var count = await pools.VoidAsync(Scope, id, all ? null : keyIds, Actor);
        await notifier.SuccessAsync(H["{0} keys were withdrawn.", count]);
        return BackTo(id);
    }

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Recall(long id, long batchId)
    {
        if (!await MayAsync(VirtualGoodsPermissions.ManageKeyPools))
            return Forbid();
        var pool = await pools.FindAsync(Scope, id);
        if (pool is null || await pools.RecallBatchAsync(Scope, batchId, Actor) is not { } report)
            return NotFound();
        await notifier.SuccessAsync(H["{0} unsold keys were withdrawn.", report.Voided]);
        if (report.Exchanged > 0)
            await notifier.InformationAsync(H["{0} keys that unpaid orders held were exchanged for others.", report.Exchanged]);
        if (report.CalledOff > 0)
            await notifier.WarningAsync(H["{0} unpaid orders were called off, because there are no other keys for them. Their buyers are told.", report.CalledOff]);
        return RedirectToAction(nameof(Recalled), new { id, batchId });
    }

    /// <summary>Who has keys of a recalled import, for as long as somebody looks.</summary>
    [HttpGet]
    public async Task<IActionResult> Recalled(long id, long batchId)
    {
        if (!await MayAsync(VirtualGoodsPermissions.ManageKeyPools))
            return Forbid();
        if (await pools.FindAsync(Scope, id) is not { } pool)
            return NotFound();
        var sold = await pools.ListSoldAsync(Scope, batchId, MostSold + 1);
        return View(new RecalledKeys(pool, [.. sold.Take(MostSold).OrderBy(k => k.State == KeyState.Delivered ? 0 : 1)], sold.Count > MostSold));
    }

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Reveal(long id, long keyId)
    {
        if (!await MayAsync(VirtualGoodsPermissions.ViewKeySecrets))
            return Forbid();
        var pool = await pools.FindAsync(Scope, id);
        var secret = pool is null ? null : await pools.RevealAsync(Scope, keyId, Actor);
        if (secret is null)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        return View(new RevealedKey(pool!, keyId, secret));
    }

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Export(long id, KeyState? state)
    {
        if (!await MayAsync(VirtualGoodsPermissions.ViewKeySecrets))
            return Forbid();
        if (await pools.FindAsync(Scope, id) is not { } pool)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        Response.Headers.ContentDisposition = $"attachment; filename=\"keys-{pool.Id}.csv\"";
        Response.ContentType = "text/csv; charset=utf-8";
        HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await pools.ExportAsync(Scope, id, state, Response.Body, Actor, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    private RedirectToActionResult BackTo(long id) => RedirectToAction(nameof(KeyPoolsController.Details), "KeyPools", new { id });

    private Task<bool> MayAsync(Permission permission) => authorization.AuthorizeAsync(User, permission);
}
