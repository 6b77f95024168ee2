using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Markdown.Models;
using OrchardCore.Media;
using YesSql;

namespace LinkShop.VirtualGoods.Services;

/// <summary>What a shop takes over of a supplier's product: its texts in all languages, the variant's names, its pictures.</summary>
/// <param name="Title">In the supplier's own language.</param>
/// <param name="Summary">One line in the supplier's own language.</param>
/// <param name="Body">Markdown in the supplier's own language.</param>
/// <param name="Translations">The texts by culture.</param>
/// <param name="VariantNames">The variant's names by culture.</param>
/// <param name="Pictures">Extension with its dot, and the file; the main picture first.</param>
/// <param name="PerOrder">The least and the most of it in one order, as the supplier's own buyers have it.</param>
internal sealed record SupplierProduct(
    string Title, string Summary, string Body, Dictionary<string, LocalizedText> Translations, Dictionary<string, string> VariantNames, IReadOnlyList<(string Extension, byte[] File)> Pictures,
    (int Least, int Most)? PerOrder)
{
    /// <summary>The texts by culture under a title: of another than the supplier's there is no translation.</summary>
    public Dictionary<string, LocalizedText> TranslationsUnder(string title) =>
        Translations.ToDictionary(t => t.Key, t => new LocalizedText { Title = title == Title ? t.Value.Title : null, Summary = t.Value.Summary, Body = t.Value.Body });
}

/// <summary>Reads a supplier's published product, in the supplier's own scope. Callers have checked that it is offered to the shop.</summary>
internal sealed class SupplierGoods(IShellHost host)
{
    private const int MostPictures = 5;
    private const long MostBytes = 5 * 1024 * 1024;

    /// <summary>The product of a variant; null when it isn't published or the supplier doesn't run.</summary>
    /// <param name="upstream">Tenant name of the supplier.</param>
    /// <param name="sku">The supplier's variant.</param>
    public async Task<SupplierProduct?> ReadAsync(string upstream, string sku)
    {
        SupplierProduct? found = null;
        if (host.TryGetSettings(upstream, out var settings) && settings.IsRunning())
            await (await host.GetScopeAsync(settings)).UsingAsync(async scope => found = await ReadAsync(scope, sku));
        return found;
    }

    private static async Task<SupplierProduct?> ReadAsync(ShellScope scope, string sku)
    {
        var session = scope.ServiceProvider.GetRequiredService<YesSql.ISession>();
        if (await session.QueryIndex<SkuIndex>(index => index.SkuId == sku && index.Published).FirstOrDefaultAsync() is not { } known
            || await scope.ServiceProvider.GetRequiredService<IContentManager>().GetAsync(known.ContentItemId) is not { } item
            || item.As<VirtualGoodsPart>() is not { } goods)
        {
            return null;
        }

        var media = scope.ServiceProvider.GetRequiredService<IMediaFileStore>();
        var pictures = new List<(string, byte[])>();
        foreach (var path in goods.Pictures.Take(MostPictures))
        {
            if (await media.GetFileInfoAsync(path) is not { Length: <= MostBytes } file)
                continue;
            await using var stream = await media.GetFileStreamAsync(path);
            using var bytes = new MemoryStream((int)file.Length);
            await stream.CopyToAsync(bytes);
            pictures.Add((Path.GetExtension(path).ToLowerInvariant(), bytes.ToArray()));
        }

        var variant = goods.Skus.FirstOrDefault(s => s.Id == sku);
        return new SupplierProduct(item.DisplayText ?? "", goods.Summary, item.As<MarkdownBodyPart>()?.Markdown ?? "", goods.Translations, variant?.Names ?? [], pictures, variant is null ? null : (variant.LeastPerOrder, variant.MostPerOrder));
    }
}
