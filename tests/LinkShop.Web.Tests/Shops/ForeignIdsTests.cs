using System.Net;
using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Support;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.Media;
using OrchardCore.Title.Models;

namespace LinkShop.Web.Tests.Shops;

/// <summary>What another shop really has, asked for by its real ids on every route of one's own.</summary>
public abstract class ForeignIdsTests(ShopRoutes shops)
{
    private const string Marker = "zq8foreign";
    private const string CouponCode = "ANNSCOUPON";
    private const string Picture = "seeded/anns.png";

    [Fact]
    public async Task By_the_ids_of_another_shops_order_goods_ticket_coupon_keys_and_file_no_route_shows_or_changes_anything()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var seed = await SeedAsync();
        await using var partner = await shops.StaffAsync("bob", "bobs-partner", "Owner");
        await using var other = await shops.StaffAsync("ann", "anns-other-partner", "Owner");
        var before = await StateAsync(seed);
        var (cookies, token) = await shops.TokenAsync("/bob", await shops.SignInAsync("/bob", "bobs-partner"));
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var route in shops.Routes.Where(r => r.Template.Contains(ShopRoute.Text, StringComparison.Ordinal) || r.Template.Contains(ShopRoute.Number, StringComparison.Ordinal)))
        {
            foreach (var id in seed.Texts)
            {
                var path = route.Template.Replace(ShopRoute.Text, Uri.EscapeDataString(id), StringComparison.Ordinal).Replace(ShopRoute.Number, seed.Pool.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
                asked++;
                if ((await AskAsync(route.Method, "/bob" + path, cookies, token, ("id", id), ("offer", id), ("Sku", id), ("listing", id))).Body.Contains(Marker, StringComparison.OrdinalIgnoreCase))
                    wrong.Add($"{route.Method} {path}");
            }
        }

        foreach (var path in new[] { $"/support?order={seed.Order}", $"/checkout?sku={seed.Sku}", $"/Admin/Orders/Index?Q={seed.Number}", $"/Admin/Messages/Index?Q={seed.Number}", $"/media/{Picture}",
            $"/media/..%2f..%2f{shops.Shops["ann"]}%2fMedia%2f{Picture}", "/Admin/Media?path=seeded", "/Admin/KeyPools/Index", "/Admin/Coupons/Index", "/Admin/Resale/Goods", "/Admin/Resale/Offers", $"/Admin/Resale/Offers/Edit?sku={seed.Sku}", $"/Admin/Resale/Goods/Add?upstream={shops.Shops["ann"]}&offer={seed.Offer}", "/Admin/Products", "/Admin/Customers", "/Admin/Orders/Export", "/Admin/Finance/Statement?currency=CNY&month=" + DateTime.UtcNow.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), "/" })
        {
            asked++;
            if ((await AskAsync("GET", "/bob" + path, cookies, token)).Body.Contains(Marker, StringComparison.OrdinalIgnoreCase))
                wrong.Add(path);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 200, $"{asked} were asked");
        Assert.Equal(before, await StateAsync(seed));

        // the ids are those of something: at home its owner sees all of it
        var (own, ownToken) = await shops.TokenAsync("/ann", await shops.SignInAsync("/ann", "anns-other-partner"));
        foreach (var path in new[] { "/Admin/Orders/Export", "/Admin/Orders/Detail/" + seed.Order, "/Admin/Messages/Detail/" + seed.Ticket, $"/Admin/Contents/ContentItems/{seed.Product}/Edit", $"/Admin/KeyPools/Details/{seed.Pool}", $"/Admin/Resale/Offers/Edit?sku={seed.Sku}", "/media/" + Picture })
        {
            var (status, body) = await AskAsync("GET", "/ann" + path, own, ownToken);
            Assert.True(status == HttpStatusCode.OK && body.Contains(Marker, StringComparison.Ordinal), $"{path}: {status}");
        }

        // nor does the token that opens it here open anything there
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await ByTokenAsync("/ann", seed), await ByTokenAsync("/bob", seed)));
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string method, string path, string cookies, string token, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost" + path));
        request.Headers.Add("Cookie", cookies);
        if (method != "GET")
            request.Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var client = shops.CreateClient();
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> ByTokenAsync(string prefix, Seed seed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost{prefix}/api/v1/orders/{seed.Order}"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + seed.Token);
        using var client = shops.CreateClient();
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<Seed> SeedAsync()
    {
        var scope = new TenantScope(shops.Shops["ann"]);
        var sku = "FOREIGN-" + ShopPlatforms.Word();
        Seed? seed = null;
        var product = "";
        await shops.InAsync(scope.Tenant, async services => product = await SellAsync(services.GetRequiredService<IContentManager>(), sku));
        await shops.InAsync(scope.Tenant, async services =>
        {
            var order = await services.GetRequiredService<IOrdering>().CreateAsync(scope, new OrderRequest { Lines = [new OrderLineRequest { SkuId = sku }], Contact = Marker + "@test.example", LookupPassword = "sesame-1" });
            Assert.True(order.Succeeded, order.Error?.Message);
            var ticket = await services.GetRequiredService<ITickets>().OpenAsync(scope, new TicketDraft
            {
                Message = new MessageDraft { Id = Guid.NewGuid().ToString("n"), Text = Marker }, Category = TicketCategory.KeyInvalid, Contact = Marker + "@test.example", LookupPassword = "sesame-1", Culture = "en",
            });
            Assert.True(ticket.Succeeded, ticket.Error?.Message);
            Assert.True((await services.GetRequiredService<ICoupons>().SaveAsync(scope, new Coupon { Code = CouponCode, Kind = CouponKind.Fixed, Currency = "CNY", AmountMinor = 100 })).Succeeded);
            var pool = await services.GetRequiredService<IKeyPools>().CreateAsync(scope, new KeyPoolSettings(Marker));
            using var file = new MemoryStream([0x89, (byte)'P', (byte)'N', (byte)'G', .. System.Text.Encoding.ASCII.GetBytes(Marker)]);
            await services.GetRequiredService<IMediaFileStore>().CreateFileFromStreamAsync(Picture, file, overwrite: true);
            // to others than the one who asks
            var offer = await services.GetRequiredService<IResaleOffers>().SaveAsync(
                scope, new ResaleDraft { SkuId = sku, FloorMinor = 800, SuggestedMinor = 900, CostMinor = 600, Audience = ResaleAudience.Listed, Shops = ["Shop99"], Supplier = Marker }, "ann");
            Assert.True(offer.Succeeded, offer.Error?.Message);
            seed = new Seed(order.Value.OrderId, order.Value.Number, sku, product, ticket.Value.Id, pool.Id, offer.Value.Id, order.Value.AccessToken);
        });
        return seed!;
    }

    private static async Task<string> SellAsync(IContentManager manager, string sku)
    {
        var item = await manager.NewAsync("Product");
        item.DisplayText = Marker;
        item.Alter<TitlePart>(title => title.Title = Marker);
        item.Alter<AutoroutePart>(route => route.Path = "goods/" + sku.ToLowerInvariant());
        item.Alter<VirtualGoodsPart>(goods =>
        {
            goods.Currency = "CNY";
            goods.Skus = [new SkuDefinition { Id = sku, Name = "One", PriceMinor = 1000, Delivery = DeliveryKind.Text, DeliveryText = Marker }];
        });
        var made = await manager.UpdateValidateAndCreateAsync(item, VersionOptions.Draft);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.ErrorMessage)));
        await manager.PublishAsync(item);
        return item.ContentItemId;
    }

    private async Task<string> StateAsync(Seed seed)
    {
        var scope = new TenantScope(shops.Shops["ann"]);
        var state = "";
        await shops.InAsync(scope.Tenant, async services =>
        {
            var order = await services.GetRequiredService<IOrderDesk>().DetailAsync(scope, seed.Order);
            var coupon = await services.GetRequiredService<ICoupons>().GetAsync(scope, CouponCode);
            var offer = await services.GetRequiredService<IOfferCatalog>().GetAsync(scope, seed.Sku);
            var pool = await services.GetRequiredService<IKeyPools>().GetStatsAsync(scope, seed.Pool);
            var tickets = await services.GetRequiredService<ITicketDesk>().SearchAsync(scope, new TicketSearch());
            var file = await services.GetRequiredService<IMediaFileStore>().GetFileInfoAsync(Picture);
            var item = await services.GetRequiredService<IContentManager>().GetAsync(seed.Product);
            var offers = await services.GetRequiredService<IResaleOffers>().ListAsync(scope);
            state = $"{string.Join(',', offers.Select(o => (o.Id, o.State, o.Version)))} {order!.Order.State} {coupon} {offer!.OnSale} {pool} {string.Join(',', tickets.Tickets)} {file?.Length} {item?.ContentItemVersionId}";
        });
        return state;
    }

    private sealed record Seed(string Order, string Number, string Sku, string Product, string Ticket, long Pool, string Offer, string Token)
    {
        public IEnumerable<string> Texts => [Order, Sku, Product, Ticket, CouponCode, Picture, Offer];
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteForeignIdsTests(ShopRoutes shops) : ForeignIdsTests(shops), IClassFixture<ShopRoutes>;

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresForeignIdsTests(PostgresShopRoutes shops) : ForeignIdsTests(shops);
