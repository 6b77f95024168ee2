using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Settlement;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Records;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell;
using OrchardCore.Localization;
using OrchardCore.Media;
using YesSql;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>The product's editor.</summary>
internal sealed class VirtualGoodsPartDisplayDriver(
    YesSql.ISession session,
    IKeyPools pools,
    IMerchants merchants,
    ProductValidator validator,
    GoodsPictures pictures,
    IMediaFileStore media,
    ICatalogue catalogue,
    ShellSettings shell,
    ILocalizationService localization,
    IUpdateModelAccessor updaters,
    IStringLocalizer<VirtualGoodsPartDisplayDriver> S) : ContentPartDisplayDriver<VirtualGoodsPart>
{
    public override IDisplayResult Edit(VirtualGoodsPart part, BuildPartEditorContext context) =>
        Initialize<VirtualGoodsPartViewModel>(GetEditorShapeType(context), model => FillAsync(model, part)).Location("Parts:5");

    public override async Task<IDisplayResult?> UpdateAsync(VirtualGoodsPart part, UpdatePartEditorContext context)
    {
        var updater = updaters.ModelUpdater;
        var model = new VirtualGoodsPartViewModel();
        await updater.TryUpdateModelAsync(model, Prefix);

        part.CategoryId = model.CategoryId ?? "";
        part.MerchantId = model.MerchantId ?? "";
        part.Summary = model.Summary?.Trim() ?? "";
        part.Currency = model.Currency?.Trim().ToUpperInvariant() ?? "";
        part.Pictures = await pictures.TakeAsync(model, message => updater.ModelState.AddModelError($"{Prefix}.{nameof(model.Upload)}", message));
        part.Featured = model.Featured;
        part.Position = model.Position;
        foreach (var row in model.Translations.Where(row => row.Culture.Length > 0))
            part.Translations[row.Culture] = new() { Title = row.Title?.Trim(), Summary = row.Summary?.Trim(), Body = row.Body };

        var skuRows = Kept(model.Skus, row => row.IsBlank);
        var fieldRows = Kept(model.BuyerFields, row => row.IsBlank);
        var rows = new SkuRows(part.Currency, S, Fail);
        var stored = part.Skus.GroupBy(sku => sku.Id).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        SkuRows.NameNew(skuRows.Select(i => model.Skus[i]), stored.Keys.Except(model.Skus.Select(row => row.Id?.Trim() ?? ""), StringComparer.OrdinalIgnoreCase).Any());
        part.Skus = [.. skuRows.Select(i => rows.ToSku(model.Skus[i], $"Skus[{i}].", stored.GetValueOrDefault(model.Skus[i].Id?.Trim() ?? "")))];
        part.BuyerFields = [.. fieldRows.Select(i => BuyerFieldRows.ToField(model.BuyerFields[i]))];

        foreach (var error in await validator.ValidateAsync(part.ContentItem.ContentItemId, part))
            Fail(error.ErrorMessage ?? "", AsTyped(error.MemberNames.First(), skuRows, fieldRows));
        return Edit(part, context);

        void Fail(string message, string field)
        {
            var key = $"{Prefix}.{field}";
            // what couldn't be read is said once, not also as out of range
            if (updater.ModelState.GetFieldValidationState(key) != ModelValidationState.Invalid)
                updater.ModelState.AddModelError(key, message);
        }
    }

    private static List<int> Kept<T>(List<T> rows, Func<T, bool> isBlank) => [.. Enumerable.Range(0, rows.Count).Where(i => !isBlank(rows[i]))];

    // errors count what is kept, the form counts its rows
    private static string AsTyped(string field, List<int> skuRows, List<int> fieldRows)
    {
        var rows = field.StartsWith("Skus[", StringComparison.Ordinal) ? skuRows : field.StartsWith("BuyerFields[", StringComparison.Ordinal) ? fieldRows : null;
        if (rows is null)
            return field;
        var (open, close) = (field.IndexOf('['), field.IndexOf(']'));
        return $"{field[..open]}[{rows[int.Parse(field.AsSpan(open + 1, close - open - 1), provider: null)]}{field[close..]}";
    }

    private async ValueTask FillAsync(VirtualGoodsPartViewModel model, VirtualGoodsPart part)
    {
        var home = await localization.GetDefaultCultureAsync();
        List<string> all = [.. (await localization.GetSupportedCulturesAsync()).Union(part.Translations.Keys)];
        var cultures = all.Where(culture => culture != home).ToList();
        model.Refused = (await OfferProjector.RefusedAsync(session)).GetValueOrDefault(part.ContentItem.ContentItemId);
        model.CategoryId = part.CategoryId;
        model.MerchantId = part.MerchantId;
        var sellers = (await merchants.ListAsync(new TenantScope(shell.Name), take: 500)).Where(m => m.Owner.Length > 0).OrderBy(m => m.Name, StringComparer.CurrentCulture).Select(m => new SelectListItem(m.Name, m.Owner)).ToList();
        // where there are more than fit, saving must not give the goods to the shop
        if (part.MerchantId.Length > 0 && !sellers.Exists(m => m.Value == part.MerchantId))
            sellers.Add(new SelectListItem((await merchants.FindAsync(new TenantScope(shell.Name), part.MerchantId))?.Name ?? part.MerchantId, part.MerchantId));
        model.Merchants = sellers;
        model.Summary = part.Summary;
        model.Currency = part.Currency;
        model.Pictures = part.Pictures.ConvertAll(path => new PictureRow { Path = path, Url = media.MapPathToPublicUrl(path) });
        model.MainPicture = part.Pictures.FirstOrDefault();
        // within a sentence, so in the reader's language
        model.Home = new CultureInfo(home).DisplayName;
        model.Featured = part.Featured;
        model.Position = part.Position;
        model.Translations = cultures.ConvertAll(culture => part.Translations.TryGetValue(culture, out var text)
            ? new TranslationRow { Culture = culture, Title = text.Title, Summary = text.Summary, Body = text.Body }
            : new TranslationRow { Culture = culture });
        var kept = await pools.ListAsync(new TenantScope(shell.Name));
        foreach (var sku in part.Skus.Where(sku => sku.PoolId == 0))
            sku.PoolId = sku.FindPool(kept)?.Id ?? 0;
        // one empty row at the end: without script a variant is added by filling it
        model.Skus = [.. part.Skus.Select(sku => SkuRows.ToRow(sku, part.Currency, cultures)), new() { Names = Empty(cultures) }];
        model.BuyerFields = [.. part.BuyerFields.Select(field => BuyerFieldRows.ToRow(field, all)), new() { Labels = Empty(all) }];
        model.Pools = [.. kept.Select(pool => new SelectListItem(pool.Reusable ? S["{0} (reusable)", pool.Name] : pool.Name, pool.Id.ToString(CultureInfo.InvariantCulture)))];
        var categories = await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "Category" && index.Latest).ListAsync();
        var known = (await catalogue.CategoriesAsync()).ToDictionary(category => category.Id, category => category.TitleIn(CultureInfo.CurrentUICulture.Name), StringComparer.Ordinal);
        model.Categories = [.. categories.OrderBy(item => item.As<CategoryPart>()?.Position).Select(item => new SelectListItem(known.GetValueOrDefault(item.ContentItemId) ?? item.DisplayText, item.ContentItemId))];
    }

    private static Dictionary<string, string?> Empty(IEnumerable<string> cultures) => cultures.ToDictionary(culture => culture, _ => (string?)null);
}
