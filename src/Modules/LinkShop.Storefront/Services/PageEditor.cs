using System.Globalization;
using System.Text.RegularExpressions;
using LinkShop.Catalogue;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Localization;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Markdown.Models;
using OrchardCore.Title.Models;
using YesSql;

namespace LinkShop.Storefront.Services;

/// <summary>Reads and stores information pages, as content items of the type <c>Page</c>.</summary>
internal sealed partial class PageEditor(IContentManager contents, YesSql.ISession session, EndpointDataSource routes, IStringLocalizer<PageEditor> S)
{
    private const string Type = "Page";
    private const string English = "en";
    private const int MaxTitle = 60;
    private const int MaxBody = 20_000;

    /// <summary>All pages, in order; those without a published version too.</summary>
    public async Task<IReadOnlyList<PageRow>> ListAsync() =>
        [.. (await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == Type && index.Latest).ListAsync())
            .Select(item => (item, part: item.As<PageTextsPart>() ?? new PageTextsPart())).OrderBy(p => p.part.Position).ThenBy(p => p.item.ContentItemId, StringComparer.Ordinal)
            .Select(p => new PageRow(p.item.ContentItemId, Cultures.Pick(p.part.Translations, CultureInfo.CurrentUICulture.Name)?.Title ?? p.item.DisplayText ?? "", p.item.As<AutoroutePart>()?.Path ?? "", p.part.InFooter, p.item.Published))];

    /// <summary>A page's form; null when there is no such page.</summary>
    public async Task<PageForm?> FindAsync(string id)
    {
        if (await PageAsync(id, VersionOptions.Latest) is not { } item)
            return null;
        var part = item.As<PageTextsPart>() ?? new PageTextsPart();
        var english = Cultures.Pick(part.Translations, English);
        return new PageForm
        {
            Id = id, Revision = RevisionOf(item), TitleZh = item.DisplayText, TitleEn = english?.Title, Path = item.As<AutoroutePart>()?.Path, BodyZh = item.As<MarkdownBodyPart>()?.Markdown, BodyEn = english?.Body,
            InFooter = part.InFooter, Position = part.Position,
        };
    }

    /// <summary>Stores and publishes a page; false, with what is wrong in <paramref name="errors"/>.</summary>
    public async Task<bool> SaveAsync(PageForm form, ModelStateDictionary errors)
    {
        Check(form, errors);
        if (form is { Id: { } id, Revision.Length: > 0 } && await PageAsync(id, VersionOptions.Latest) is { } now && RevisionOf(now) != form.Revision)
        {
            errors.AddModelError("", S["Somebody saved this page while you were editing it. Nothing of yours is saved yet: it is in the form below. If you save again, the form replaces what is saved now."]);
            form.Revision = RevisionOf(now);
        }

        // asking for the draft makes one: not for a form that is refused
        if (!errors.IsValid || (form.Id is null ? await contents.NewAsync(Type) : await PageAsync(form.Id, VersionOptions.DraftRequired)) is not { } item)
            return false;
        Fill(item, form);
        if (form.Id is null)
        {
            var made = await contents.UpdateValidateAndCreateAsync(item, VersionOptions.Draft);
            Take(made, errors);
        }
        else
        {
            await contents.UpdateAsync(item);
            Take(await contents.ValidateAsync(item), errors);
        }

        if (errors.IsValid)
            return await contents.PublishAsync(item);
        // nothing of it is stored
        await session.CancelAsync();
        return false;
    }

    /// <summary>Deletes a page; false when there is none.</summary>
    public async Task<bool> DeleteAsync(string id)
    {
        if (await PageAsync(id, VersionOptions.Latest) is not { } item)
            return false;
        await contents.RemoveAsync(item);
        return true;
    }

    private async Task<ContentItem?> PageAsync(string id, VersionOptions version) => await contents.GetAsync(id, version) is { ContentType: Type } item ? item : null;

    private static string RevisionOf(ContentItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.ContentItemVersionId}.{item.ModifiedUtc?.Ticks}");

    private static void Fill(ContentItem item, PageForm form)
    {
        item.Alter<TitlePart>(title => title.Title = form.TitleZh!.Trim());
        item.DisplayText = form.TitleZh!.Trim();
        item.Alter<AutoroutePart>(route => route.Path = form.Path!.Trim());
        item.Alter<MarkdownBodyPart>(body => body.Markdown = form.BodyZh ?? "");
        item.Alter<PageTextsPart>(part =>
        {
            (part.InFooter, part.Position) = (form.InFooter, form.Position);
            if (string.IsNullOrWhiteSpace(form.TitleEn) && string.IsNullOrWhiteSpace(form.BodyEn))
                part.Translations.Remove(English);
            else
                part.Translations[English] = new PageText { Title = form.TitleEn?.Trim(), Body = form.BodyEn };
        });
    }

    private void Check(PageForm form, ModelStateDictionary errors)
    {
        if (string.IsNullOrWhiteSpace(form.TitleZh))
            errors.AddModelError(nameof(form.TitleZh), S["Please give the page a title."]);
        if (form.TitleZh?.Trim().Length > MaxTitle || form.TitleEn?.Trim().Length > MaxTitle)
            errors.AddModelError(nameof(form.TitleZh), S["A title has at most {0} characters.", MaxTitle]);
        if (form.BodyZh?.Length > MaxBody || form.BodyEn?.Length > MaxBody)
            errors.AddModelError(nameof(form.BodyZh), S["A text has at most {0} characters.", MaxBody]);
        var path = form.Path?.Trim() ?? "";
        if (!PathForm().IsMatch(path))
            errors.AddModelError(nameof(form.Path), S["An address has 2 to 60 small letters, digits and hyphens."]);
        else if (routes.Endpoints.OfType<RouteEndpoint>().Any(e => e.RoutePattern.PathSegments is [{ Parts: [RoutePatternLiteralPart first, ..] }, ..] && string.Equals(first.Content, path, StringComparison.OrdinalIgnoreCase)))
            errors.AddModelError(nameof(form.Path), S["The shop itself has a page at this address. Please choose another one."]);
    }

    private static void Take(OrchardCore.ContentManagement.Handlers.ContentValidateResult result, ModelStateDictionary errors)
    {
        foreach (var error in result.Errors)
            errors.AddModelError("", error.ErrorMessage ?? "");
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])\z")]
    private static partial Regex PathForm();
}
