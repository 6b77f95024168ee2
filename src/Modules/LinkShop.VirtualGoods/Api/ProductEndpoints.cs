using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Http;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrchardCore.ContentManagement;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Api;

/// <summary>The catalogue as JSON. Money is in minor units.</summary>
internal static class ProductEndpoints
{
    private const int MaxPageSize = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("api/v1/products").WithTags("Products");
        group.MapGet("", ListAsync).WithName("ListProducts").WithSummary("Lists published products").Produces<ProductListResponse>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithDescription("Filter by category (content item id) and words; sort by position, newest, priceUp or priceDown; page from 1, pageSize 1 to 100.");
        group.MapGet("{productId}", GetAsync).WithName("GetProduct").WithSummary("One published product with its variants and stock")
            .Produces<ProductResponse>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        ICatalogue catalogue, IMediaFileStore media, string? category = null, string? search = null, string? sort = null, int page = 1, int pageSize = 24)
    {
        var errors = new List<CommerceError>();
        var order = ProductSort.Position;
        if (sort is not null && (!Enum.TryParse(sort, ignoreCase: true, out order) || !Enum.IsDefined(order) || char.IsDigit(sort[0])))
            errors.Add(new(CommerceErrors.Invalid, $"'{sort}' is not one of position, newest, priceUp, priceDown.", "sort"));
        if (page is < 1 or > 1_000_000)
            errors.Add(new(CommerceErrors.Invalid, "page counts from 1.", "page"));
        if (pageSize is < 1 or > MaxPageSize)
            errors.Add(new(CommerceErrors.Invalid, $"pageSize must be 1 to {MaxPageSize}.", "pageSize"));
        if (search?.Length > 200)
            errors.Add(new(CommerceErrors.TooLong, "search has at most 200 characters.", "search"));
        if (errors.Count > 0)
            return Problems.Result(errors, StatusCodes.Status400BadRequest);

        var list = await catalogue.ListAsync(new(category, search, false, order, page, pageSize));
        var stock = await catalogue.StockAsync([.. list.Items.SelectMany(card => card.Skus)]);
        return TypedResults.Ok(new ProductListResponse([.. list.Items.Select(card => ProductSummary.From(card, media, stock))], list.Total, page, pageSize));
    }

    private static async Task<IResult> GetAsync(string productId, IContentManager content, ICatalogue catalogue, IMediaFileStore media)
    {
        if (productId.Length > 26 || await content.GetAsync(productId, VersionOptions.Published) is not { } item || item.As<VirtualGoodsPart>() is not { } part)
            return Problems.Result([new(CommerceErrors.NotFound, $"There is no published product '{productId}'.", "productId")]);
        var stock = await catalogue.StockAsync([.. part.Skus.Select(sku => sku.Id)]);
        return TypedResults.Ok(ProductResponse.From(item, media, stock));
    }
}
