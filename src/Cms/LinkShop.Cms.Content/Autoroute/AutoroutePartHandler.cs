using LinkShop.Cms.Content.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Routing;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>Gives items a path of their own and lets the tenant's routes follow what is published.</summary>
internal sealed class AutoroutePartHandler(
    IContentDefinitionManager definitions,
    AutoroutePathService paths,
    DocumentSession session,
    IOptions<AutorouteOptions> options,
    IStringLocalizer<AutoroutePartHandler> localizer) : ContentPartHandler<AutoroutePart>
{
    private const string InvalidCharacters = ":?#[]@!$&'()*+,;=<>\\|%\"^`{}";

    public override Task CreatedAsync(CreateContentContext context, AutoroutePart instance) => FillPathAsync(instance);

    public override Task UpdatedAsync(UpdateContentContext context, AutoroutePart instance) => FillPathAsync(instance);

    public override async Task ValidatingAsync(ValidateContentPartContext context, AutoroutePart part)
    {
        if (string.IsNullOrEmpty(part.Path))
            return;
        if (part.Path.Length > AutoroutePart.MaxPathLength)
            context.Fail(localizer["The path is too long. It can have at most {0} characters.", AutoroutePart.MaxPathLength], nameof(part.Path));
        else if (part.Path.Any(letter => InvalidCharacters.Contains(letter) || char.IsWhiteSpace(letter) || char.IsControl(letter)) || part.Path.Contains("//", StringComparison.Ordinal))
            context.Fail(localizer["The path '{0}' can't have spaces or any of these characters: {1}", part.Path, InvalidCharacters], nameof(part.Path));
        else if (!await paths.IsFreeAsync(part.Path, part.ContentItem.ContentItemId))
            context.Fail(localizer["The path '{0}' is already in use.", part.Path], nameof(part.Path));
    }

    public override Task PublishedAsync(PublishContentContext context, AutoroutePart instance) => RoutesChanged();

    public override Task UnpublishedAsync(PublishContentContext context, AutoroutePart instance) => RoutesChanged();

    public override Task RemovedAsync(RemoveContentContext context, AutoroutePart instance) => RoutesChanged();

    public override Task CloningAsync(CloneContentContext context, AutoroutePart instance)
    {
        context.CloneContentItem.Alter<AutoroutePart>(part => part.Path = null);
        return Task.CompletedTask;
    }

    public override Task GetContentItemAspectAsync(ContentItemAspectContext context, AutoroutePart part) =>
        context.ForAsync<ContentItemMetadata>(metadata =>
        {
            metadata.DisplayRouteValues = new RouteValueDictionary(options.Value.GlobalRouteValues) { [options.Value.ContentItemIdKey] = part.ContentItem.ContentItemId };
            return Task.CompletedTask;
        });

    private async Task FillPathAsync(AutoroutePart part)
    {
        if (part.Disabled)
            return;
        var path = part.Path?.Trim().Trim('/');
        if (string.IsNullOrEmpty(path))
        {
            var item = part.ContentItem;
            var type = await definitions.GetTypeDefinitionAsync(item.ContentType);
            var settings = type?.Parts.FirstOrDefault(use => use.PartDefinition.Name == nameof(AutoroutePart))?.GetSettings<AutoroutePartSettings>() ?? new();
            var made = Slug.FromPattern(settings.Pattern, item);
            path = await paths.MakeFreeAsync(made.Length > 0 ? made : item.ContentItemId, item.ContentItemId);
        }

        if (path == part.Path)
            return;
        part.Path = path;
        part.Apply();
        // The look for a free path has written the item without it, and the next look must see it.
        await session.SaveAsync(part.ContentItem);
    }

    private Task RoutesChanged()
    {
        session.CountChange(AutorouteEntries.Kind);
        return Task.CompletedTask;
    }
}
