using LinkShop.Storefront.Models;
using LinkShop.Storefront.Services;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Environment.Cache;

namespace LinkShop.Storefront.Handlers;

/// <summary>Lets the links to pages follow what is published.</summary>
internal sealed class PageTextsPartHandler(ISignal signal) : ContentPartHandler<PageTextsPart>
{
    public override Task PublishedAsync(PublishContentContext context, PageTextsPart instance) => Tell();

    public override Task UnpublishedAsync(PublishContentContext context, PageTextsPart instance) => Tell();

    public override Task RemovedAsync(RemoveContentContext context, PageTextsPart instance) => Tell();

    private Task Tell()
    {
        signal.DeferredSignalToken(FrameLinks.PagesChanged);
        return Task.CompletedTask;
    }
}
