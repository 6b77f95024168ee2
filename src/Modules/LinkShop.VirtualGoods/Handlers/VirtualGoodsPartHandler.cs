using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Environment.Cache;

namespace LinkShop.VirtualGoods.Handlers;

/// <summary>Guards what is stored of a product and hands publications over to ordering.</summary>
internal sealed class VirtualGoodsPartHandler(ProductValidator validator, DeliveryTexts texts, OfferProjector projector, ISignal signal) : ContentPartHandler<VirtualGoodsPart>
{
    public override Task ImportingAsync(ImportContentContext context, VirtualGoodsPart instance) => ProtectAsync(instance);

    public override Task CreatingAsync(CreateContentContext context, VirtualGoodsPart instance) => ProtectAsync(instance);

    public override Task UpdatingAsync(UpdateContentContext context, VirtualGoodsPart instance) => ProtectAsync(instance);

    public override Task DraftSavingAsync(SaveDraftContentContext context, VirtualGoodsPart instance) => ProtectAsync(instance);

    public override Task PublishingAsync(PublishContentContext context, VirtualGoodsPart instance) => ProtectAsync(instance);

    public override async Task ValidatingAsync(ValidateContentPartContext context, VirtualGoodsPart part)
    {
        foreach (var error in await validator.ValidateAsync(context.ContentItem.ContentItemId, part))
            context.Fail(error.ErrorMessage ?? "", error.MemberNames.First());
    }

    public override Task PublishedAsync(PublishContentContext context, VirtualGoodsPart instance) => TellAsync(context.ContentItem);

    public override Task UnpublishedAsync(PublishContentContext context, VirtualGoodsPart instance) => TellAsync(context.ContentItem);

    public override Task RemovedAsync(RemoveContentContext context, VirtualGoodsPart instance) =>
        context.NoActiveVersionLeft ? TellAsync(context.ContentItem) : Task.CompletedTask;

    private Task TellAsync(ContentItem item)
    {
        signal.DeferredSignalToken(Services.Catalogue.Changed);
        return projector.RequestAsync(item.ContentItemId);
    }

    private async Task ProtectAsync(VirtualGoodsPart part)
    {
        if (await texts.ProtectAsync(part))
            part.Apply();
    }
}
