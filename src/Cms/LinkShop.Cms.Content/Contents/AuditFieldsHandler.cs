using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Modules;

namespace LinkShop.Cms.Content.Contents;

/// <summary>Keeps who created and changed a content item, and when.</summary>
internal sealed class AuditFieldsHandler(IClock clock, IHttpContextAccessor http) : ContentHandlerBase
{
    public override Task CreatingAsync(CreateContentContext context)
    {
        var now = clock.UtcNow;
        var item = context.ContentItem;
        item.CreatedUtc ??= now;
        item.ModifiedUtc = now;
        if (item.Published)
            item.PublishedUtc = now;
        if (User is { Identity.IsAuthenticated: true } user)
        {
            item.Owner ??= user.FindFirstValue(ClaimTypes.NameIdentifier);
            item.Author = user.Identity.Name;
        }

        return Task.CompletedTask;
    }

    public override Task UpdatingAsync(UpdateContentContext context)
    {
        context.ContentItem.ModifiedUtc = clock.UtcNow;
        if (User is { Identity.IsAuthenticated: true } user)
            context.ContentItem.Author = user.Identity.Name;
        return Task.CompletedTask;
    }

    public override Task VersioningAsync(VersionContentContext context)
    {
        var (existing, building) = (context.ContentItem, context.BuildingContentItem);
        building.CreatedUtc = existing.CreatedUtc ?? clock.UtcNow;
        building.PublishedUtc = existing.PublishedUtc;
        building.ModifiedUtc = clock.UtcNow;
        building.Owner = existing.Owner;
        building.Author = User is { Identity.IsAuthenticated: true } user ? user.Identity.Name : existing.Author;
        return Task.CompletedTask;
    }

    public override Task PublishingAsync(PublishContentContext context)
    {
        context.ContentItem.PublishedUtc = clock.UtcNow;
        context.ContentItem.CreatedUtc ??= clock.UtcNow;
        return Task.CompletedTask;
    }

    public override Task UnpublishedAsync(PublishContentContext context)
    {
        context.ContentItem.PublishedUtc = null;
        return Task.CompletedTask;
    }

    private ClaimsPrincipal? User => http.HttpContext?.User;
}
