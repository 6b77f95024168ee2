using System.ComponentModel;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Http;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Api;

/// <summary>The catalogue as JSON. Money is in minor units.</summary>
internal static class ProductEndpoints
{
    private const string List = "api/v1/products";
    private const string One = List + "/{productId}";
    private const string Tag = "Products";

    private static readonly ApiOperation Listing = new(
        ListProducts, Tag, "ListProducts", "Lists published products", "Of a mistake in the query, errors names the parameter.", typeof(ProductListResponse), StatusCodes.Status200OK, [400, 405]);

    private static readonly ApiOperation Reading = new(
        GetProduct, Tag, "GetProduct", "One published product with its variants and stock", "", typeof(ProductResponse), StatusCodes.Status200OK, [404, 405]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(List, ListAsync).Describe(Listing);
        routes.MapOtherVerbs(List, HttpMethods.Get);
        routes.MapGet(One, GetAsync).Describe(Reading);
        routes.MapOtherVerbs(One, HttpMethods.Get);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var asked = ProductQueryReader.Read(context.Request.Query);
        if (!asked.Succeeded)
        {
            await Problems.WriteAsync(context, asked.Errors, StatusCodes.Status400BadRequest);
            return;
        }

        var services = context.RequestServices;
        var (catalogue, media) = (services.GetRequiredService<ICatalogue>(), services.GetRequiredService<IMediaFileStore>());
        var list = await catalogue.ListAsync(asked.Value);
        var stock = await catalogue.StockAsync([.. list.Items.SelectMany(card => card.Skus)]);
        await TypedResults.Ok(new ProductListResponse([.. list.Items.Select(card => ProductSummary.From(card, media, stock))], list.Total, asked.Value.Page, asked.Value.PageSize)).ExecuteAsync(context);
    }

    private static async Task GetAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var productId = (string)context.Request.RouteValues["productId"]!;
        if (productId.Length > 26 || await services.GetRequiredService<IContentManager>().GetAsync(productId, VersionOptions.Published) is not { } item || item.As<VirtualGoodsPart>() is not { } part)
        {
            await Problems.WriteAsync(context, new CommerceError(CommerceErrors.NotFound, $"There is no published product '{productId}'.", "productId"));
            return;
        }

        var stock = await services.GetRequiredService<ICatalogue>().StockAsync([.. part.Skus.Select(sku => sku.Id)]);
        await TypedResults.Ok(ProductResponse.From(item, services.GetRequiredService<IMediaFileStore>(), stock)).ExecuteAsync(context);
    }

    private static void ListProducts(
        [FromQuery, Description("Only of this category, by its content item id.")] string? category = null,
        [FromQuery, Description("Words to find, at most 200 characters.")] string? search = null,
        [FromQuery, Description("position (default), newest, priceUp or priceDown.")] string? sort = null,
        [FromQuery, Description("From 1.")] int page = 1,
        [FromQuery, Description("1 to 100.")] int pageSize = 24)
    {
    }

    private static void GetProduct([FromRoute] string productId)
    {
    }
}
