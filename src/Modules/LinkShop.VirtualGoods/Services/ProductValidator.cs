using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Settlement;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using YesSql;
using YesSql.Services;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Says what is wrong with a product, by the name of the input at fault. The editor, recipes and the API all go through it.</summary>
internal sealed partial class ProductValidator(
    YesSql.ISession session, IKeyPools pools, IMerchants merchants, IOfferCatalog catalog, OfferFactory offers, ShellSettings shell, IStringLocalizer<ProductValidator> S)
{
    private const long MaxPriceMinor = 100_000_000_00;

    public async Task<IReadOnlyList<ValidationResult>> ValidateAsync(string contentItemId, VirtualGoodsPart part)
    {
        var errors = new Errors();
        if (!Currencies.IsKnown(part.Currency))
            errors.Add(S["'{0}' is not an ISO 4217 currency.", part.Currency], nameof(part.Currency));
        if (!string.IsNullOrEmpty(part.MerchantId) && await merchants.FindAsync(new TenantScope(shell.Name), part.MerchantId) is null)
            errors.Add(S["There is no merchant '{0}' in this shop.", part.MerchantId], nameof(part.MerchantId));
        if (part.Skus.Count == 0)
            errors.Add(S["A product needs at least one variant."], nameof(part.Skus));
        if (part.Skus.Count > 100)
            errors.Add(S["A product has at most {0} variants.", 100], nameof(part.Skus));

        var known = part.Skus.Exists(sku => sku.SellsFromPool) ? await pools.ListAsync(new TenantScope(shell.Name)) : [];
        var taken = await TakenAsync(contentItemId, part);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < part.Skus.Count; i++)
        {
            var sku = part.Skus[i];
            var field = $"{nameof(part.Skus)}[{i}].";
            CheckId(sku, field, seen, taken, errors);
            CheckPrices(sku, field, errors);
            CheckLimits(sku, field, errors);
            CheckDelivery(sku, field, known, errors);
        }

        BuyerFieldValidator.Check(part.BuyerFields, S, errors.Add);
        if (part.BuyerFields.Count > 0 && part.Skus.Exists(sku => sku.Delivery == DeliveryKind.Supplied))
            errors.Add(S["Goods of a supplier ask buyers nothing: remove the buyer fields."], $"{nameof(part.BuyerFields)}[0].{nameof(BuyerFieldDefinition.Name)}");
        if (errors.Results.Count == 0)
            await CheckOffersAsync(part, errors);
        return errors.Results;
    }

    // the checkout's own rules: what they refuse would be published and go on being sold as it was before
    private async Task CheckOffersAsync(VirtualGoodsPart part, Errors errors)
    {
        var made = await offers.CreateAsync(part.ContentItem, part);
        foreach (var error in await catalog.CheckAsync(new TenantScope(shell.Name), part.ContentItem.ContentItemId, made))
        {
            var at = OfferField().Match(error.Field ?? "");
            var sku = at.Success ? part.Skus[int.Parse(at.Groups[1].ValueSpan, provider: null)] : part.Skus[0];
            var message = at.Groups[2].Value switch
            {
                "skuId" when error.Code == CommerceErrors.Conflict => S["The variant code '{0}' belongs to another product.", sku.Id],
                "snapshotJson" => S["Titles, summaries and names are too long together; shorten them."],
                "title" => S["A title has at most {0} characters.", 300],
                _ => S["Variant '{0}' can't be sold like this: {1}", sku.Id, error.Message],
            };
            errors.Add(message, $"{nameof(part.Skus)}[{part.Skus.IndexOf(sku)}].{nameof(SkuDefinition.Id)}");
        }
    }

    [GeneratedRegex(@"^offers\[(\d+)\]\.(.+)")]
    private static partial Regex OfferField();

    private async Task<HashSet<string>> TakenAsync(string contentItemId, VirtualGoodsPart part)
    {
        var ids = part.Skus.Select(sku => sku.Id).Where(id => !string.IsNullOrEmpty(id)).ToArray();
        if (ids.Length == 0)
            return [];
        var rows = await session.QueryIndex<SkuIndex>(index => index.SkuId.IsIn(ids) && index.ContentItemId != contentItemId).ListAsync();
        return rows.Select(row => row.SkuId).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private void CheckId(SkuDefinition sku, string field, HashSet<string> seen, HashSet<string> taken, Errors errors)
    {
        if (sku.Id.Length is 0 or > 64 || !sku.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            errors.Add(S["The variant code '{0}' must have 1 to 64 letters, digits, dots, hyphens or underscores.", sku.Id], field + nameof(sku.Id));
        else if (!seen.Add(sku.Id))
            errors.Add(S["The variant code '{0}' occurs twice.", sku.Id], field + nameof(sku.Id));
        else if (taken.Contains(sku.Id))
            errors.Add(S["The variant code '{0}' belongs to another product.", sku.Id], field + nameof(sku.Id));
        if (sku.Name.Length > 200)
            errors.Add(S["The name of variant '{0}' is longer than {1} characters.", sku.Id, 200], field + nameof(sku.Name));
    }

    private void CheckPrices(SkuDefinition sku, string field, Errors errors)
    {
        if (sku.PriceMinor is < 0 or > MaxPriceMinor)
            errors.Add(S["The price of variant '{0}' is out of range.", sku.Id], field + "Price");
        if (sku.OriginalPriceMinor <= sku.PriceMinor)
            errors.Add(S["The original price of variant '{0}' must be higher than its price.", sku.Id], field + "OriginalPrice");
        if (sku.PickSurchargeMinor is < 0 or > MaxPriceMinor)
            errors.Add(S["The surcharge of variant '{0}' is out of range.", sku.Id], field + "PickSurcharge");
        var (quantity, price) = (1, sku.PriceMinor);
        foreach (var tier in sku.Tiers)
        {
            if (tier.MinQuantity <= quantity || tier.UnitPriceMinor < 0 || tier.UnitPriceMinor >= price)
            {
                errors.Add(S["Wholesale prices of variant '{0}' must fall as quantities rise, beginning at 2.", sku.Id], field + nameof(sku.Tiers));
                return;
            }

            (quantity, price) = (tier.MinQuantity, tier.UnitPriceMinor);
        }
    }

    private void CheckLimits(SkuDefinition sku, string field, Errors errors)
    {
        if (sku.MinPerOrder is < 1 or > 1000)
            errors.Add(S["The smallest quantity of variant '{0}' must be 1 to {1}.", sku.Id, 1000], field + nameof(sku.MinPerOrder));
        if (sku.MaxPerOrder < sku.MinPerOrder || sku.MaxPerOrder > 1000)
            errors.Add(S["The largest quantity of variant '{0}' must be at least the smallest one and at most {1}.", sku.Id, 1000], field + nameof(sku.MaxPerOrder));
        if (sku.MaxPerBuyer < 1)
            errors.Add(S["The limit per buyer of variant '{0}' must be at least 1.", sku.Id], field + nameof(sku.MaxPerBuyer));
        if (sku.MaxPerAddress < 1)
            errors.Add(S["The limit per network address of variant '{0}' must be at least 1.", sku.Id], field + nameof(sku.MaxPerAddress));
    }

    private void CheckDelivery(SkuDefinition sku, string field, IReadOnlyList<KeyPool> known, Errors errors)
    {
        if (!Enum.IsDefined(sku.Delivery))
        {
            errors.Add(S["The delivery of variant '{0}' is unknown.", sku.Id], field + nameof(sku.Delivery));
            return;
        }

        if (sku.SellsFromPool)
            CheckPool(sku, field, sku.FindPool(known), errors);
        if (sku.PickSurchargeMinor is not null && sku.Delivery != DeliveryKind.CardKey)
            errors.Add(S["Only card keys can be picked by the buyer; remove the surcharge of variant '{0}'.", sku.Id], field + "PickSurcharge");
        if (sku.Delivery == DeliveryKind.Text && string.IsNullOrWhiteSpace(sku.DeliveryText) && string.IsNullOrEmpty(sku.DeliveryTextProtected))
            errors.Add(S["Variant '{0}' needs the text or link that buyers get.", sku.Id], field + nameof(sku.DeliveryText));
        if (sku.Delivery == DeliveryKind.Supplied && sku.Supply is null)
            errors.Add(S["Variant '{0}' names no supplier. Add goods of a supplier under “Goods to resell”.", sku.Id], field + nameof(sku.Delivery));
        if (sku.Delivery == DeliveryKind.Supplied && sku.Tiers.Count > 0)
            errors.Add(S["Variant '{0}' is a supplier's: it has one price.", sku.Id], field + nameof(sku.Tiers));
        if (sku.DeliveryText?.Length > 10_000)
            errors.Add(S["The delivered text of variant '{0}' is longer than {1} characters.", sku.Id, 10_000], field + nameof(sku.DeliveryText));
    }

    private void CheckPool(SkuDefinition sku, string field, KeyPool? pool, Errors errors)
    {
        if (pool is null)
            errors.Add(string.IsNullOrEmpty(sku.PoolName)
                ? S["Variant '{0}' needs a key pool.", sku.Id]
                : S["Variant '{0}' names the key pool '{1}', which doesn't exist.", sku.Id, sku.PoolName], field + nameof(sku.PoolId));
        else if (pool.Reusable != (sku.Delivery == DeliveryKind.ReusableKey))
            errors.Add(pool.Reusable
                ? S["The pool '{0}' holds one reusable key; variant '{1}' needs a pool of card keys.", pool.Name, sku.Id]
                : S["The pool '{0}' holds card keys; variant '{1}' needs a pool with a reusable key.", pool.Name, sku.Id], field + nameof(sku.PoolId));
    }

    private sealed class Errors
    {
        private readonly List<ValidationResult> _results = [];

        public IReadOnlyList<ValidationResult> Results => _results;

        public void Add(string message, string field) => _results.Add(new(message, [field]));
    }
}
