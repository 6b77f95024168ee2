using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using OrchardCore.ContentManagement.Handlers;

namespace LinkShop.VirtualGoods.Handlers;

internal sealed class CategoryPartHandler(TenantCache cache) : ContentPartHandler<CategoryPart>
{
    public override Task PublishedAsync(PublishContentContext context, CategoryPart instance) => Forget();

    public override Task UnpublishedAsync(PublishContentContext context, CategoryPart instance) => Forget();

    public override Task RemovedAsync(RemoveContentContext context, CategoryPart instance) => Forget();

    private Task Forget()
    {
        cache.Remove(Services.Catalogue.CategoriesKey);
        return Task.CompletedTask;
    }
}
