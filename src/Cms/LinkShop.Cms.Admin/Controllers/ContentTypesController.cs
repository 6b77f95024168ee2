using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Contents;
using OrchardCore.Modules;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.ContentTypes")]
[Admin("ContentTypes", "ContentTypes.List")]
public sealed class ContentTypesController(IContentDefinitionManager definitions) : AdminControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        if (!await IsAllowedAsync(ContentTypesPermissions.ViewContentTypes)) return Forbid();
        var types = await definitions.ListTypeDefinitionsAsync();
        return View(new ContentTypesViewModel([.. types.OrderBy(type => type.DisplayName, StringComparer.CurrentCulture)]));
    }
}
