using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;

namespace LinkShop.VirtualGoods.Controllers;

[Admin("KeyPools/{action}/{id?}", "KeyPools{action}")]
public sealed class KeyPoolsController(
    IKeyPools pools,
    ShellSettings shell,
    IAuthorizationService authorization,
    INotifier notifier,
    IHtmlLocalizer<KeyPoolsController> H) : Controller
{
    private const int KeysPerPage = 50;
    private const int PoolsPerPage = 50;
    private const int ImportsPerPage = 20;

    private TenantScope Scope => new(shell.Name);

    [HttpGet]
    public async Task<IActionResult> Index(string? q, int page = 1)
    {
        if (!await AuthorizedAsync())
            return Forbid();
        q = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var all = await pools.ListAsync(Scope);
        var found = q is null ? all : [.. all.Where(pool => pool.Name.Contains(q, StringComparison.CurrentCultureIgnoreCase))];
        var pages = Math.Max(1, (found.Count + PoolsPerPage - 1) / PoolsPerPage);
        page = Math.Clamp(page, 1, pages);
        var shown = found.Skip((page - 1) * PoolsPerPage).Take(PoolsPerPage).ToList();
        // what runs low is told whatever was searched for, and whatever page it is on
        var stats = await pools.GetStatsAsync(Scope, [.. shown.Concat(all.Where(KeyPoolRow.IsWatched)).Select(pool => pool.Id).Distinct()]);
        List<KeyPoolRow> Rows(IEnumerable<KeyPool> of) => [.. of.Where(pool => stats.ContainsKey(pool.Id)).Select(pool => new KeyPoolRow(pool, stats[pool.Id]))];
        return View(new KeyPoolList(Rows(shown), Rows(all.Where(KeyPoolRow.IsWatched)).FindAll(row => row.IsLow), q, page, pages));
    }

    [HttpGet]
    public async Task<IActionResult> Create() => await AuthorizedAsync() ? View("Edit", new KeyPoolForm()) : Forbid();

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Create(KeyPoolForm form)
    {
        if (!await AuthorizedAsync())
            return Forbid();
        var pool = await SaveAsync(() => pools.CreateAsync(Scope, ToSettings(form)));
        if (pool is null)
            return Refuse(form);
        await notifier.SuccessAsync(H["The key pool was created. Import keys to sell from it."]);
        return RedirectToAction(nameof(Details), new { id = pool.Id });
    }

    [HttpGet]
    public async Task<IActionResult> Edit(long id)
    {
        if (!await AuthorizedAsync())
            return Forbid();
        return await pools.FindAsync(Scope, id) is { } pool
            ? View(new KeyPoolForm { Name = pool.Name, LowStockThreshold = pool.LowStockThreshold, MayBeReusable = pool.Reusable })
            : NotFound();
    }

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Edit(long id, KeyPoolForm form)
    {
        if (!await AuthorizedAsync())
            return Forbid();
        if (await pools.FindAsync(Scope, id) is null)
            return NotFound();
        if (await SaveAsync(async () => (await pools.UpdateAsync(Scope, id, ToSettings(form)))!) is null)
            return Refuse(form);
        await notifier.SuccessAsync(H["The key pool was saved."]);
        return RedirectToAction(nameof(Details), new { id });
    }

    [HttpGet]
    public async Task<IActionResult> Details(long id, KeyState? state, long after = 0, long importsBefore = long.MaxValue)
    {
        if (!await AuthorizedAsync())
            return Forbid();
        if (await pools.FindAsync(Scope, id) is not { } pool)
            return NotFound();
        var keys = await pools.ListKeysAsync(Scope, id, state, after, KeysPerPage + 1);
        var imports = await pools.ListBatchesAsync(Scope, id, importsBefore, ImportsPerPage + 1);
        return View(new KeyPoolDetails(
            new(pool, await pools.GetStatsAsync(Scope, id)),
            [.. imports.Take(ImportsPerPage)],
            imports.Count > ImportsPerPage ? imports[ImportsPerPage - 1].Id : 0,
            [.. keys.Take(KeysPerPage)],
            state,
            keys.Count > KeysPerPage ? keys[KeysPerPage - 1].Id : 0,
            await authorization.AuthorizeAsync(User, VirtualGoodsPermissions.ViewKeySecrets)));
    }

    private static KeyPoolSettings ToSettings(KeyPoolForm form) => new(
        form.Name!.Trim(), LowStockThreshold: form.LowStockThreshold, ReusableSecret: string.IsNullOrWhiteSpace(form.ReusableSecret) ? null : form.ReusableSecret.Trim());

    private async Task<KeyPool?> SaveAsync(Func<Task<KeyPool>> save)
    {
        if (!ModelState.IsValid)
            return null;
        try
        {
            return await save();
        }
        catch (CommerceException e)
        {
            ModelState.AddModelError(nameof(KeyPoolForm.Name), e.Code == "key_pool_name_taken" ? H["There is a key pool of this name already."].Value : H["These settings are out of range."].Value);
            return null;
        }
    }

    private ViewResult Refuse(KeyPoolForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Edit", form);
    }

    private Task<bool> AuthorizedAsync() => authorization.AuthorizeAsync(User, VirtualGoodsPermissions.ManageKeyPools);
}
