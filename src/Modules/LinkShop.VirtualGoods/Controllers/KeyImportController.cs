using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.VirtualGoods.Services;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.Environment.Shell;

namespace LinkShop.VirtualGoods.Controllers;

/// <summary>Fills a pool from a pasted text or a file of any size. The upload goes straight from the network into the importer.</summary>
[Admin("KeyPools/{id}/Import/{action}", "KeyImport{action}")]
public sealed class KeyImportController(
    IKeyPools pools,
    IKeyImporter importer,
    KeyImportProgressBoard board,
    ShellSettings shell,
    IAuthorizationService authorization,
    IAntiforgery antiforgery,
    IStringLocalizer<KeyImportController> S) : Controller
{
    private TenantScope Scope => new(shell.Name);

    // the token is the first part of the upload and checked by hand: the usual check would read the whole form into memory first
    [HttpPost]
    [IgnoreAntiforgeryToken]
    [StreamedForm]
    [DisableRequestSizeLimit]
    public async Task<IActionResult> Run(long id, string? job)
    {
        if (!await authorization.AuthorizeAsync(User, VirtualGoodsPermissions.ManageKeyPools))
            return Forbid();
        if (await pools.FindAsync(Scope, id) is not { } pool)
            return NotFound();
        var upload = await KeyUpload.OpenAsync(Request, antiforgery, HttpContext.RequestAborted);
        if (upload is null)
            return BadRequest();
        if (upload.IsEmpty)
            return Failed(pool, upload.Source, S["Choose a file or paste keys first."]);
        if (upload.Format is not { } format)
            return Failed(pool, upload.Source, S["'{0}' is neither a .txt nor a .csv file.", upload.Source]);
        return await ImportAsync(pool, upload, format, job);
    }

    [HttpGet]
    public async Task<IActionResult> Progress(long id, string job)
    {
        if (!await authorization.AuthorizeAsync(User, VirtualGoodsPermissions.ManageKeyPools))
            return Forbid();
        return board.Find(Scope, id, job) is { } progress ? Json(progress) : NotFound();
    }

    private async Task<IActionResult> ImportAsync(KeyPool pool, KeyUpload upload, KeyFileFormat format, string? job)
    {
        using var progress = board.Begin(Scope, pool.Id, job);
        try
        {
            var report = await importer.ImportAsync(Scope, pool.Id, upload.Content, format, upload.Source, progress, HttpContext.RequestAborted);
            return View("Result", new KeyImportResult(pool, upload.Source, report, null));
        }
        catch (CommerceException e)
        {
            return Failed(pool, upload.Source, e.Code switch
            {
                "key_file_header" => S["Line 1 of a csv file must name the columns, one of them 'key'."],
                "key_pool_reusable" => S["This pool has one reusable key and takes no others."],
                "key_pool_busy" => S["Another import into this pool is running. Try again when it has ended."],
                "key_import_undone" => S["The import stood still for too long and was undone. Nothing was imported; please start again."],
                _ => e.Message,
            });
        }
        catch (IOException)
        {
            return Failed(pool, upload.Source, S["The upload broke off. Nothing was imported."]);
        }
    }

    private ViewResult Failed(KeyPool pool, string source, string error)
    {
        Response.StatusCode = 422;
        return View("Result", new KeyImportResult(pool, source, null, error));
    }
}
