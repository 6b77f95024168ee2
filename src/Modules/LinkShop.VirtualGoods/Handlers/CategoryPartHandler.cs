using LinkShop.VirtualGoods.Models;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Environment.Cache;

namespace LinkShop.VirtualGoods.Handlers;

internal sealed class CategoryPartHandler(ISignal signal) : ContentPartHandler<CategoryPart>
{
    public override Task PublishedAsync(PublishContentContext context, CategoryPart instance) => Forget();

    public override Task UnpublishedAsync(PublishContentContext context, CategoryPart instance) => Forget();

    public override Task RemovedAsync(RemoveContentContext context, CategoryPart instance) => Forget();

    private Task Forget()
    {
        signal.DeferredSignalToken(Services.Catalogue.Changed);
        return Task.CompletedTask;
    }
}
