using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Tests.Ordering;

public sealed class OrderAccessTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_is_found_by_contact_and_password_however_the_contact_is_typed(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var mail = await shop.PaidOrderAsync(Shop.Request(contact: " Buyer@Example.com "));
        var phone = await shop.PaidOrderAsync(Shop.Request(contact: "+86 138-0013-8000"));
        await shop.OrderAsync(Shop.Request(contact: "buyer@example.com") with { LookupPassword = "another" });

        var found = (await shop.Ordering.LookupAsync(shop.Scope, "BUYER@example.com", "secret-1", "192.0.2.1")).Value;
        Assert.Equal((mail.OrderId, mail.AccessToken, 1), (Assert.Single(found).OrderId, found[0].AccessToken, found[0].Units));
        Assert.Equal(phone.OrderId, Assert.Single((await shop.Ordering.LookupAsync(shop.Scope, "13800138000", "secret-1", null)).Value).OrderId);
        Assert.True((await shop.Ordering.GetAsync(shop.Scope, mail.OrderId, OrderAccess.ByPassword("secret-1", null))).Succeeded);
        Assert.Equal("b***r@example.com", (await shop.ViewAsync(mail)).MaskedContact);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Guessing_passwords_is_stopped_for_the_contact_the_order_and_the_address(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxLookupFailures = 3);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(CommerceErrors.NotFound, (await shop.Ordering.LookupAsync(shop.Scope, "buyer@example.com", $"guess{i}", $"198.51.100.{i}")).Error!.Code);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await shop.Ordering.LookupAsync(shop.Scope, "buyer@example.com", "secret-1", "198.51.100.9")).Error!.Code);

        for (var i = 0; i < 3; i++)
            Assert.Equal(CommerceErrors.NotFound, (await shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ByPassword($"guess{i}", "203.0.113.1"))).Error!.Code);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ByPassword("secret-1", "203.0.113.2"))).Error!.Code);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await shop.Ordering.LookupAsync(shop.Scope, "who@example.com", "secret-1", "203.0.113.1")).Error!.Code);
        // the link still opens it, and time heals
        Assert.Single(await shop.KeysAsync(order));
        await shop.ExpireAsync(TimeSpan.FromMinutes(31));
        Assert.True((await shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ByPassword("secret-1", null))).Succeeded);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Many_guesses_at_once_do_not_get_past_the_limit_and_right_ones_do_not_count(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxLookupFailures = 3);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        for (var i = 0; i < 5; i++)
            Assert.True((await shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ByPassword("secret-1", "203.0.113.1"))).Succeeded);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            shop.Ordering.GetAsync(shop.Scope, order.OrderId, OrderAccess.ByPassword($"guess{i}", $"198.51.100.{i}")))));
        Assert.Equal(3, guesses.Count(g => g.Error!.Code == CommerceErrors.NotFound));
        Assert.Equal(17, guesses.Count(g => g.Error!.Code == CommerceErrors.TooManyAttempts));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_comes_back_is_told_of_the_order_for_the_same_that_waits_for_payment_and_nobody_else_is(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await shop.CardsAsync("other");
        await shop.PaidOrderAsync();
        var first = await shop.OrderAsync();
        var mine = await shop.OrderAsync(Shop.Request() with { UserId = "me" });
        async Task<string?> FindAsync(string sku, string? user, params OrderReceipt[] held) =>
            (await shop.Ordering.FindUnpaidAsync(shop.Scope, sku, [.. held.Select(o => (o.OrderId, o.AccessToken))], user))?.OrderId;

        Assert.Equal(first.OrderId, await FindAsync("card", null, first));
        Assert.Equal(mine.OrderId, await FindAsync("card", null, first, mine));
        Assert.Equal(mine.OrderId, await FindAsync("card", "me"));
        // another variant, nobody, another, another's token, another tenant
        Assert.Null(await FindAsync("other", "me", first));
        Assert.Null(await FindAsync("card", null));
        Assert.Null(await FindAsync("card", "you"));
        Assert.Null(await FindAsync("card", null, first with { AccessToken = mine.AccessToken }));
        Assert.Null(await shop.Ordering.FindUnpaidAsync(new TenantScope("other"), "card", [(first.OrderId, first.AccessToken)], "me"));
        await shop.ApplyAsync(Shop.Event(mine));
        Assert.Null(await FindAsync("card", "me"));
        await shop.Ordering.CancelAsync(shop.Scope, first.OrderId, OrderAccess.ByToken(first.AccessToken));
        Assert.Null(await FindAsync("card", null, first));
        var late = await shop.OrderAsync();
        // its goods are on sale again, whether or not it was swept
        shop.Commerce.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(await FindAsync("card", null, late));
    }

    [Fact]
    public async Task Nobody_else_opens_an_order()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync();
        var mine = await shop.PaidOrderAsync(Shop.Request() with { UserId = "me", LookupPassword = null });
        var other = await shop.PaidOrderAsync(Shop.Request(contact: "other@example.com"));
        OrderAccess[] wrong = [OrderAccess.ByToken(other.AccessToken), OrderAccess.ByToken(""), OrderAccess.ByUser("you"), OrderAccess.ByPassword("secret-1", null), OrderAccess.ByPassword("", null)];
        foreach (var access in wrong)
            Assert.Equal(CommerceErrors.NotFound, (await shop.Ordering.GetAsync(shop.Scope, mine.OrderId, access)).Error!.Code);
        Assert.True((await shop.Ordering.GetAsync(shop.Scope, mine.OrderId, OrderAccess.ByUser("me"))).Succeeded);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Ordering.GetAsync(shop.Scope, "nonsense' or 1=1", OrderAccess.ByUser("me"))).Error!.Code);
        Assert.Equal(mine.OrderId, Assert.Single(await shop.Ordering.ListForUserAsync(shop.Scope, "me")).OrderId);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Seeing_and_downloading_the_goods_is_logged(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync(Shop.Request(quantity: 2));
        Assert.Equal("KEY-card-000001\r\nKEY-card-000002\r\n", (await shop.Ordering.DownloadAsync(shop.Scope, order.OrderId, OrderAccess.ByToken(order.AccessToken))).Value);
        await shop.KeysAsync(order);
        await shop.KeysAsync(order);
        await shop.Commerce.Get<DeliveryLog>().FlushAsync();

        var kinds = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events.Select(e => e.Kind).ToArray();
        Assert.Equal(["created", "delivered", "downloaded", "payment_paid", "viewed"], kinds.Order());
        // the same payment under another event id is told once, with its amount
        await shop.ApplyAsync(Shop.Event(order) with { EventId = "told again" });
        Assert.Equal(2000, Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, e => e.Kind == "payment_paid").Amount?.Minor);
        var unpaid = await shop.OrderAsync();
        Assert.Equal(CommerceErrors.NotFound, (await shop.Ordering.DownloadAsync(shop.Scope, unpaid.OrderId, OrderAccess.ByToken(unpaid.AccessToken))).Error!.Code);
    }

    [Theory]
    [InlineData(null, "secret-1", "contact", CommerceErrors.Required)]
    [InlineData("not a contact", "secret-1", "contact", CommerceErrors.Invalid)]
    [InlineData("a@b@c.de", "secret-1", "contact", CommerceErrors.Invalid)]
    [InlineData("buyer@example.com", null, "lookupPassword", CommerceErrors.Required)]
    [InlineData("buyer@example.com", "0", "lookupPassword", CommerceErrors.TooShort)]
    [InlineData("buyer@example.com", "   ", "lookupPassword", CommerceErrors.Required)]
    public async Task A_guests_bad_contact_or_password_is_named(string? contact, string? password, string field, string code)
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync();
        var errors = (await shop.TryOrderAsync(Shop.Request() with { Contact = contact, LookupPassword = password })).Errors;
        Assert.Equal((field, code), (errors[0].Field, errors[0].Code));
        Assert.Equal(0, await shop.Commerce.CountAsync("orders"));
    }

    [Fact]
    public async Task Bad_lines_and_fields_are_named_all_at_once_and_nothing_is_held()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        var pool = await shop.CardsAsync(change: o => o with
        {
            Limits = new PurchaseLimits { MinPerOrder = 2, MaxPerOrder = 3 },
            Fields = [new BuyerField { Name = "account", Required = true }, new BuyerField { Name = "server", Kind = BuyerFieldKind.Choice, Choices = ["eu", "cn"] }, new BuyerField { Name = "role", Pattern = "[a-z]+" }],
        });
        var line = new OrderLineRequest { SkuId = "card", Quantity = 1, Fields = new Dictionary<string, string> { ["server"] = "us", ["role"] = "A1", ["extra"] = "x" } };
        var errors = (await shop.TryOrderAsync(Shop.Request() with { Lines = [line, new OrderLineRequest { SkuId = "none" }] })).Errors;
        Assert.Equal(
            ["lines[0].fields.account", "lines[0].fields.extra", "lines[0].fields.role", "lines[0].fields.server", "lines[0].quantity", "lines[1].skuId"],
            errors.Select(e => e.Field!).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await shop.StockAsync(pool)).Reserved);
        Assert.Equal("lines", (await shop.TryOrderAsync(Shop.Request() with { Lines = [] })).Error!.Field);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Orders_that_cost_a_stranger_nothing_do_not_bury_those_that_were_paid(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxUnpaidPerContact = 1000);
        await shop.ManualAsync("card");
        await shop.ManualAsync("free", o => o with { Price = new Money(0, "CNY") });
        var paid = await shop.PaidOrderAsync();
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 210; i++)
        {
            var junk = await shop.OrderAsync(Shop.Request(i % 2 == 0 ? "card" : "free") with { LookupPassword = "a stranger's" });
            if (i % 2 == 0)
                await shop.Ordering.CancelAsync(shop.Scope, junk.OrderId, OrderAccess.ByToken(junk.AccessToken));
        }

        var unpaid = await shop.OrderAsync();
        var found = await shop.Ordering.LookupAsync(shop.Scope, "buyer@example.com", "secret-1", null);
        Assert.Equal([unpaid.OrderId, paid.OrderId], found.Value.Select(o => o.OrderId));
    }
}
