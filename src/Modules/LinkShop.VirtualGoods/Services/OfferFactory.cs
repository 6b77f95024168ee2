using LinkShop.Catalogue;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Turns a product into the offers that ordering knows.</summary>
internal sealed class OfferFactory(IKeyPools pools, DeliveryTexts texts, IMediaFileStore media, ShellSettings shell)
{
    public Task<IReadOnlyList<Offer>> CreateAsync(ContentItem product) => CreateAsync(product, product.As<VirtualGoodsPart>() ?? new VirtualGoodsPart());

    public async Task<IReadOnlyList<Offer>> CreateAsync(ContentItem product, VirtualGoodsPart part)
    {
        var known = part.Skus.Exists(sku => sku.SellsFromPool) ? await pools.ListAsync(new TenantScope(shell.Name)) : [];
        var offers = new List<Offer>(part.Skus.Count);
        foreach (var sku in part.Skus)
            offers.Add(await CreateAsync(product, part, sku, known));
        return offers;
    }

    private async Task<Offer> CreateAsync(ContentItem product, VirtualGoodsPart part, SkuDefinition sku, IReadOnlyList<KeyPool> known) => new()
    {
        SkuId = sku.Id,
        ProductId = product.ContentItemId,
        CategoryId = string.IsNullOrEmpty(part.CategoryId) ? null : part.CategoryId,
        Merchant = string.IsNullOrEmpty(part.MerchantId) ? null : part.MerchantId,
        Title = string.IsNullOrEmpty(product.DisplayText) ? product.ContentItemId : product.DisplayText,
        Variant = sku.Name,
        SnapshotJson = Snapshot(product, part, sku),
        Price = new Money(sku.PriceMinor, part.Currency),
        OriginalPriceMinor = sku.OriginalPriceMinor,
        Tiers = sku.TiersPerOrder,
        Limits = new()
        {
            MinPerOrder = sku.LeastPerOrder,
            MaxPerOrder = sku.MostPerOrder,
            MaxPerBuyer = sku.MaxPerBuyer,
            MaxPerAddress = sku.MaxPerAddress,
        },
        Delivery = sku.Delivery,
        PerUnit = sku.PerUnit && sku.IsShared,
        Supply = sku.Delivery == DeliveryKind.Supplied ? sku.Supply : null,
        PoolId = sku.SellsFromPool ? sku.FindPool(known)?.Id : null,
        DeliveryText = sku.Delivery == DeliveryKind.Text ? await texts.RevealAsync(sku) : null,
        PickOrder = sku.PickOrder,
        PickSurchargeMinor = sku.Delivery == DeliveryKind.CardKey ? sku.PickSurchargeMinor : null,
        Fields = part.BuyerFields.ConvertAll(ToField),
        OnSale = sku.OnSale,
    };

    private static BuyerField ToField(BuyerFieldDefinition field) => new()
    {
        Name = field.Name,
        Kind = field.Kind,
        Required = field.Required,
        Secret = field.Secret,
        MinLength = field.MinLength,
        MaxLength = field.MaxLength,
        Pattern = string.IsNullOrEmpty(field.Pattern) ? null : field.Pattern,
        Choices = field.Choices,
        Labels = field.Labels,
    };

    // what the order page shows later, even when the product has changed or is gone
    private string Snapshot(ContentItem product, VirtualGoodsPart part, SkuDefinition sku)
    {
        var variants = new Dictionary<string, string>(sku.Names) { [""] = sku.Name };
        return JsonSerializer.Serialize(
            new
            {
                Picture = part.Pictures.FirstOrDefault() is { } path ? media.MapPathToPublicUrl(path) : null,
                Path = product.As<AutoroutePart>()?.Path,
                Titles = ProductCards.Texts(product.DisplayText, part, text => text.Title),
                Summaries = ProductCards.Texts(part.Summary, part, text => text.Summary),
                Variants = variants,
                Fields = part.BuyerFields.Count == 0 ? null : part.BuyerFields.ToDictionary(field => field.Name, field => field.Labels),
            },
            ProductCards.Json);
    }
}
