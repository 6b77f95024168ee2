using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.OutputCaching;
using OrchardCore.Admin;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace LinkShop.Samples.Module.Controllers;

public sealed class HomeController(
    IContentManager contents, IContentItemDisplayManager display, IUpdateModelAccessor updater, IShapeFactory shapes,
    INotifier notifier, IHtmlLocalizer<HomeController> H, ShellSettings shell) : Controller
{
    private static int _count;

    public IActionResult Index() => View();

    public IActionResult Whole() => View();

    public async Task<IActionResult> Item(string type = "Sample", string displayType = "Detail")
    {
        var item = await contents.NewAsync(type);
        item.DisplayText = "<Title>";
        item.Alter<OrchardCore.Title.Models.TitlePart>(part => part.Title = "<Title>");
        item.Alter<SamplePart>(part => part.Note = "中文 & note");
        return View("Shape", await display.BuildDisplayAsync(item, updater.ModelUpdater, displayType));
    }

    public async Task<IActionResult> Badge(bool isNew)
    {
        var shape = await shapes.CreateAsync("Badge", Arguments.From(new { IsNew = isNew, Text = "fine" }));
        return View("Shape", shape);
    }

    public async Task<IActionResult> Edit() => View("Form", await display.BuildEditorAsync(await contents.NewAsync("Sample"), updater.ModelUpdater, isNew: true));

    [HttpPost, ActionName("Edit"), IgnoreAntiforgeryToken]
    public async Task<IActionResult> EditPost()
    {
        var item = await contents.NewAsync("Sample");
        var shape = await display.UpdateEditorAsync(item, updater.ModelUpdater, isNew: true);
        return ModelState.IsValid ? Content($"{item.DisplayText}|{item.As<SamplePart>()!.Note}|{item.As<SamplePart>()!.Secret}|{item.Get<SamplePart>("Second")!.Note}") : View("Form", shape);
    }

    [HttpPost]
    public IActionResult Guarded() => Content("done");

    public IActionResult Token() => View();

    [OutputCache(Duration = 60)]
    public IActionResult Cached() => Content($"{shell.Name}|{System.Globalization.CultureInfo.CurrentUICulture.Name}|{Interlocked.Increment(ref _count)}");

    [OutputCache(Duration = 60)]
    public IActionResult CachedWithCookie()
    {
        Response.Cookies.Append("a", "b");
        return Content(Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> Notify()
    {
        await notifier.SuccessAsync(H["Saved <b>{0}</b>.", "<it>"]);
        return RedirectToAction(nameof(Index));
    }

    public async Task<IActionResult> SaveAndThrow()
    {
        await contents.CreateAsync(await contents.NewAsync("Other"), VersionOptions.Published);
        throw new InvalidOperationException("broken on purpose");
    }

    public IActionResult Throw() => throw new InvalidOperationException("broken on purpose");

    public IActionResult Unstorable() => throw new InvalidOperationException("a wrapper", new ZeroCharacterException());

    /// <summary>As PostgreSQL refuses a text with a zero character.</summary>
    private sealed class ZeroCharacterException() : System.Data.Common.DbException("invalid byte sequence")
    {
        public override string SqlState => "22021";
    }
}

[Admin("Samples/{action}", "Samples.{action}")]
public sealed class BackOfficeController : Controller
{
    public IActionResult Index() => View();
}

[Feature("LinkShop.Samples.Extra")]
public sealed class ExtraController : Controller
{
    public IActionResult Index() => Content("extra");

    [Route("extra-by-attribute")]
    public IActionResult Attribute() => Content("extra");
}
