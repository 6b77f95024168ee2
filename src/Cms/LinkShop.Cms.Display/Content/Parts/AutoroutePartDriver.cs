using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using OrchardCore.Autoroute.Core.Indexes;
using OrchardCore.Autoroute.Models;
using OrchardCore.Autoroute.ViewModels;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using YesSql;

namespace LinkShop.Cms.Display.Content.Parts;

internal sealed partial class AutoroutePartDriver(YesSql.ISession session, IStringLocalizer<AutoroutePartDriver> localizer) : ContentPartDisplayDriver<AutoroutePart>
{
    private readonly IStringLocalizer S = localizer;

    public override IDisplayResult Edit(AutoroutePart part, BuildPartEditorContext context) =>
        Initialize<AutoroutePartViewModel>(GetEditorShapeType(context), model =>
        {
            model.AutoroutePart = part;
            model.Path = part.Path;
            model.Settings = context.TypePartDefinition.GetSettings<AutoroutePartSettings>();
        });

    public override async Task<IDisplayResult?> UpdateAsync(AutoroutePart part, UpdatePartEditorContext context)
    {
        var model = new AutoroutePartViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Path);
        var settings = context.TypePartDefinition.GetSettings<AutoroutePartSettings>();
        if (settings.AllowCustomPath)
        {
            part.Path = model.Path?.Trim().Trim('/');
            if (await FindErrorAsync(part) is { } error)
                context.Updater.ModelState.AddModelError(Prefix, nameof(model.Path), error);
        }

        return Edit(part, context);
    }

    private async Task<string?> FindErrorAsync(AutoroutePart part)
    {
        if (string.IsNullOrEmpty(part.Path))
            return null;

        if (part.Path.Length > AutoroutePart.MaxPathLength)
            return S["The path has more than {0} characters.", AutoroutePart.MaxPathLength];

        if (Forbidden().IsMatch(part.Path))
            return S["The path must not contain spaces or any of these: {0}", "? # [ ] @ ! $ & ' ( ) * + , . ; = < > \\ | %"];

        var path = part.Path;
        var itemId = part.ContentItem.ContentItemId;
        var taken = await session.QueryIndex<AutoroutePartIndex>(index => index.Path == path && index.Latest && index.ContentItemId != itemId).CountAsync();
        return taken > 0 ? S["Another page has this path already."].Value : null;
    }

    [GeneratedRegex(@"[\s?#\[\]@!$&'()*+,.;=<>\\|%]")]
    private static partial Regex Forbidden();
}
