using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Evidence;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Evidence;

public sealed class EvidenceTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_disputed_order_is_told_from_agreement_to_dispute_without_any_key(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var order = await DisputedAsync(shop);
        var file = (await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, order.OrderId, "ann")).Value;

        var text = Encoding.UTF8.GetString(file.Json);
        Assert.DoesNotContain("KEY-card-", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter-22", text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Json)), file.Sha256);
        Assert.Equal($"evidence-{order.Number}-{file.Sha256[..16]}.json", file.Name);

        var pack = JsonDocument.Parse(file.Json).RootElement;
        Assert.Equal(["format", "order", "buyer", "agreed", "payments", "deliveries", "replacements", "access", "refunds", "events", "messages"], pack.EnumerateObject().Select(p => p.Name));
        Assert.Equal("disputed", pack.GetProperty("order").GetProperty("state").GetString());
        Assert.Equal("""{"amount":"20.00","currency":"CNY"}""", Compact(pack.GetProperty("order").GetProperty("total")));
        Assert.Matches(@"^2026-03-11T\d\d:\d\d:\d\d\.\d{3}Z$", pack.GetProperty("order").GetProperty("created_at").GetString());
        Assert.Equal("buyer@example.com", pack.GetProperty("buyer").GetProperty("contact").GetString());

        var line = pack.GetProperty("agreed")[0];
        Assert.Equal(("Game card", 2, "No refund after the code was shown.", 1), (line.GetProperty("title").GetString(), line.GetProperty("quantity").GetInt32(), line.GetProperty("snapshot").GetProperty("terms").GetString(), line.GetProperty("offer_version").GetInt32()));
        Assert.Equal("""{"player":"Momo","password":"•••"}""", Compact(line.GetProperty("buyer_fields")));
        var payment = pack.GetProperty("payments").EnumerateArray().Single(p => p.GetProperty("used_for_this_order").GetBoolean());
        Assert.Equal(("open", 2), (payment.GetProperty("dispute").GetString(), payment.GetProperty("events").GetArrayLength()));
        Assert.Contains(pack.GetProperty("payments").EnumerateArray(), p => p.GetProperty("events")[0].GetProperty("refused").GetString() == CommerceErrors.CurrencyMismatch);
        Assert.Equal(["KEY•••001", "KEY•••003"], pack.GetProperty("deliveries").EnumerateArray().Select(d => d.GetProperty("what").GetString()));
        Assert.Equal(("doesnt_work", "KEY•••002"), (pack.GetProperty("replacements")[0].GetProperty("reason").GetString(), pack.GetProperty("replacements")[0].GetProperty("old").GetString()));
        // the buyer had the old one from the payment on
        Assert.Equal(pack.GetProperty("order").GetProperty("fulfilled_at").GetDateTime(), pack.GetProperty("replacements")[0].GetProperty("old_delivered_at").GetDateTime(), TimeSpan.FromSeconds(20));
        Assert.NotEqual(pack.GetProperty("deliveries")[0].GetProperty("at").GetString(), pack.GetProperty("deliveries")[1].GetProperty("at").GetString());
        Assert.Equal(JsonValueKind.String, pack.GetProperty("access").GetProperty("first_viewed_at").ValueKind);
        Assert.Equal(JsonValueKind.String, pack.GetProperty("access").GetProperty("first_downloaded_at").ValueKind);
        var refund = pack.GetProperty("refunds")[0];
        Assert.Equal(("declined", "the key KEY•••002 was no good", "You got another one."), (refund.GetProperty("state").GetString(), refund.GetProperty("text").GetString(), refund.GetProperty("answer").GetString()));
        var kinds = pack.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ToList();
        Assert.Equal(["created", "payment_refused", "payment_paid", "delivered"], kinds.Take(4));
        Assert.Equal(["refund_requested", "replaced", "refund_declined", "payment_disputed"], kinds.Where(k => k is "refund_requested" or "replaced" or "refund_declined" or "payment_disputed"));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Building_is_written_to_the_history_and_changes_nothing_of_the_pack(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var order = await DisputedAsync(shop);
        var evidence = shop.Commerce.Get<IEvidence>();
        var first = (await evidence.BuildAsync(shop.Scope, order.OrderId, "ann")).Value;
        var again = (await evidence.BuildAsync(shop.Scope, order.OrderId, "ann")).Value;
        Assert.Equal(first.Json, again.Json);
        await evidence.BuildAsync(shop.Scope, order.OrderId, "bob");
        var built = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events.Where(e => e.Kind == "evidence_built").ToList();
        Assert.Equal(["ann", "bob"], built.Select(e => e.Actor));
        Assert.All(built, e => Assert.Equal("SHA-256 " + first.Sha256, e.Note));

        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        var later = (await evidence.BuildAsync(shop.Scope, order.OrderId, "ann")).Value;
        Assert.NotEqual(first.Sha256, later.Sha256);
        Assert.Equal(EvidenceDispute.Won, later.Pack.Payments.Single(p => p.UsedForThisOrder).Dispute);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Another_tenants_order_and_one_that_is_not_there_give_nothing(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        var evidence = shop.Commerce.Get<IEvidence>();
        Assert.Equal(CommerceErrors.NotFound, (await evidence.BuildAsync(TestCommerce.Other, order.OrderId, "ann")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await evidence.BuildAsync(shop.Scope, "nothing", "ann")).Error!.Code);
        Assert.Equal(0, await shop.Commerce.CountAsync("order_log", "kind = 'evidence_built'"));
    }

    [Fact]
    public async Task Every_way_of_delivery_is_masked_and_an_unpaid_order_has_none()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        var pool = await shop.Commerce.Pools.CreateAsync(shop.Scope, new("shared", ReusableSecret: "ONE-FOR-ALL-4711"));
        await shop.OfferAsync(new Offer { SkuId = "shared", ProductId = "p1", Title = "Shared", Price = new Money(100, "CNY"), Delivery = DeliveryKind.ReusableKey, PoolId = pool.Id });
        await shop.OfferAsync(new Offer { SkuId = "text", ProductId = "p2", Title = "Text", Price = new Money(100, "CNY"), Delivery = DeliveryKind.Text, DeliveryText = "https://files.example/the-course" });
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "shared", Quantity = 1 }, new() { SkuId = "text", Quantity = 1 }, new() { SkuId = "manual", Quantity = 1 }] });
        await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 3, "Room 4711, ask for Lin", "ann");
        var pack = (await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, order.OrderId, "ann")).Value.Pack;
        Assert.Equal(["ONE•••711", "htt•••rse", "Roo•••Lin"], pack.Deliveries.Select(d => d.What));
        Assert.Equal("ann", pack.Deliveries[2].Actor);

        var unpaid = await shop.OrderAsync(Shop.Request("shared", contact: "u@example.com"));
        var empty = (await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, unpaid.OrderId, "ann")).Value.Pack;
        Assert.Equal((0, 0, null), (empty.Deliveries.Count, empty.Payments.Count, empty.Access.FirstViewedAt));
    }

    [Fact]
    public async Task What_the_shop_reads_for_a_mail_is_no_look_by_the_buyer()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        Assert.Single((await shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ForMail(order.AccessToken))).Value.Lines[0].Deliveries);
        var pack = (await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, order.OrderId, "ann")).Value.Pack;
        Assert.Empty(pack.Access.Entries);
    }

    /// <summary>An order that had about everything happen to it, and whose payer now disputes the payment.</summary>
    private static async Task<OrderReceipt> DisputedAsync(Shop shop)
    {
        await shop.CardsAsync(keys: 5, change: o => o with
        {
            SnapshotJson = """{"terms":"No refund after the code was shown."}""",
            Fields = [new BuyerField { Name = "player" }, new BuyerField { Name = "password", Secret = true }],
        });
        var request = Shop.Request(quantity: 2);
        var order = await shop.OrderAsync(request with { Lines = [request.Lines[0] with { Fields = new Dictionary<string, string> { ["player"] = "Momo", ["password"] = "hunter-22" } }] });
        await shop.ApplyAsync(Shop.Event(order, payment: "wrong") with { Amount = new Money(2000, "USD") });
        Next(shop);
        await shop.ApplyAsync(Shop.Event(order));
        Next(shop);
        await shop.ViewAsync(order);
        await shop.Ordering.DownloadAsync(shop.Scope, order.OrderId, OrderAccess.ByToken(order.AccessToken));
        Next(shop);
        var refunds = shop.Commerce.Get<IRefunds>();
        var asked = new RefundDraft { Id = "asked", OrderId = order.OrderId, Lines = [new RefundLine(1, 1000)], Reason = RefundReason.KeyInvalid, Text = "the key key-card-000002 was no good" };
        Assert.True((await refunds.RequestAsync(shop.Scope, asked)).Succeeded);
        Next(shop);
        Assert.True((await shop.ReplaceAsync(order, unit: 2)).Succeeded);
        Next(shop);
        Assert.True((await refunds.AnswerAsync(shop.Scope, "asked", approve: false, RefundPayer.Merchant, revokeKeys: false, "ann", "You got another one.", forPlatform: false)).Succeeded);
        Next(shop);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        return order;
    }

    private static void Next(Shop shop) => shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
