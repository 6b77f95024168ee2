using LinkShop.Commerce.Data;
using LinkShop.Commerce.Evidence;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Support;
using LinkShop.Commerce.Tests.Ordering;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Tests.Support;

public sealed class TicketTests
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_ticket_is_open_until_answered_and_again_after_each_new_message(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        var ticket = await OpenAsync(shop, order.OrderId);
        Assert.Equal(1, await Desk(shop).WaitingAsync(shop.Scope));
        Assert.Equal(0, await Desk(shop).WaitingAsync(TestCommerce.Other));

        Assert.Equal(TicketState.Answered, (await Desk(shop).AnswerAsync(shop.Scope, ticket.Id, Message("Try it without the hyphens."), "ann")).Value);
        Assert.Equal(0, await Desk(shop).WaitingAsync(shop.Scope));
        Assert.Equal((1, 2), Counts(Assert.Single(await Buyer(shop).OfOrderAsync(shop.Scope, order.OrderId))));
        // staff's look isn't the buyer's
        await Buyer(shop).ReadAsync(shop.Scope, ticket.Id, TicketAccess.Staff);
        Assert.Equal((1, 2), Counts(Assert.Single(await Buyer(shop).OfOrderAsync(shop.Scope, order.OrderId))));
        var seen = (await Buyer(shop).ReadAsync(shop.Scope, ticket.Id, TicketAccess.ByToken(ticket.Token)))!;
        Assert.Equal(["The key doesn't work.", "Try it without the hyphens."], seen.Messages.Select(m => m.Text));
        Assert.Equal([null, "ann"], seen.Messages.Select(m => m.Actor));
        Assert.Equal(("buy***r@example.com".Length > 0, order.Number), (seen.Contact!.Contains("***", StringComparison.Ordinal), seen.OrderNumber));
        Assert.Equal((0, 2), Counts(Assert.Single(await Buyer(shop).OfOrderAsync(shop.Scope, order.OrderId))));

        Assert.Equal(TicketState.Closed, (await Desk(shop).CloseAsync(shop.Scope, ticket.Id)).Value);
        Assert.Equal(CommerceErrors.IllegalTransition, (await Desk(shop).CloseAsync(shop.Scope, ticket.Id)).Error!.Code);
        Assert.Equal(TicketState.Open, (await Buyer(shop).WriteAsync(shop.Scope, ticket.Id, TicketAccess.ByToken(ticket.Token), Message("It still doesn't."))).Value);
        Assert.Equal(1, await Desk(shop).WaitingAsync(shop.Scope));
        Assert.Equal((2, 1), (await shop.MessagesAsync(TicketEvents.Asked), await shop.MessagesAsync(TicketEvents.Answered)));
    }

    [Fact]
    public void Every_step_of_every_state_is_in_the_one_table()
    {
        var moves = from state in Enum.GetValues<TicketState>() from step in Enum.GetValues<TicketStep>() select (state, step, TicketTransitions.After(state, step));
        Assert.Equal(
            [
                (TicketState.Open, TicketStep.BuyerWrites, TicketState.Open), (TicketState.Open, TicketStep.StaffWrites, TicketState.Answered), (TicketState.Open, TicketStep.Close, TicketState.Closed),
                (TicketState.Answered, TicketStep.BuyerWrites, TicketState.Open), (TicketState.Answered, TicketStep.StaffWrites, TicketState.Answered), (TicketState.Answered, TicketStep.Close, TicketState.Closed),
                (TicketState.Closed, TicketStep.BuyerWrites, TicketState.Open), (TicketState.Closed, TicketStep.StaffWrites, TicketState.Answered), (TicketState.Closed, TicketStep.Close, (TicketState?)null),
            ],
            moves);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_deleted_account_conversations_go_that_arent_about_an_order(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync(Shop.Request() with { UserId = "u-1" });
        var about = await OpenAsync(shop, order.OrderId);
        var draft = Draft(null, Message("Hello", pictures: [s_png])) with { UserId = "u-1" };
        var general = (await Buyer(shop).OpenAsync(shop.Scope, draft)).Value;
        var others = (await Buyer(shop).OpenAsync(shop.Scope, draft with { UserId = "u-2", Message = Message("I too") })).Value;
        Assert.Equal(general.Id, Assert.Single(await Buyer(shop).OfUserAsync(shop.Scope, "u-1", general.Id + "0"), t => t.OrderId is null).Id);
        Assert.DoesNotContain(await Buyer(shop).OfUserAsync(shop.Scope, "u-1", general.Id), t => t.Id == general.Id);
        for (var i = 0; i < 2; i++)
            await Buyer(shop).ForgetAsync(shop.Scope, "u-1");
        Assert.Equal([about.Id], (await Buyer(shop).OfUserAsync(shop.Scope, "u-1")).Select(t => t.Id));
        Assert.Null(await Buyer(shop).ReadAsync(shop.Scope, general.Id, TicketAccess.Staff));
        Assert.Equal(0, await shop.Commerce.CountAsync("ticket_picture", "1 = 1"));
        Assert.NotNull(await Buyer(shop).ReadAsync(shop.Scope, others.Id, TicketAccess.Staff));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_form_sent_twice_is_one_message_and_its_id_opens_nobody_elses_ticket(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var (order, other) = (await shop.PaidOrderAsync(), await shop.PaidOrderAsync(Shop.Request(contact: "other@example.com")));
        var draft = Draft(order.OrderId, Message("Hello", id: "once"));
        var both = await Task.WhenAll(Buyer(shop).OpenAsync(shop.Scope, draft), Buyer(shop).OpenAsync(shop.Scope, draft));
        Assert.Equal(both[0].Value, both[1].Value);
        Assert.Equal(CommerceErrors.Conflict, (await Buyer(shop).OpenAsync(shop.Scope, draft with { OrderId = other.OrderId })).Error!.Code);
        var access = TicketAccess.ByToken(both[0].Value.Token);
        await Buyer(shop).WriteAsync(shop.Scope, both[0].Value.Id, access, Message("More", id: "again"));
        await Buyer(shop).WriteAsync(shop.Scope, both[0].Value.Id, access, Message("More", id: "again"));
        Assert.Equal((1, 2), (await shop.Commerce.CountAsync("ticket"), await shop.Commerce.CountAsync("ticket_message")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Strangers_other_tenants_and_wrong_tokens_see_and_write_nothing(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        var ticket = await OpenAsync(shop, order.OrderId, Message("Look", pictures: [s_png]));
        var second = await OpenAsync(shop, (await shop.PaidOrderAsync(Shop.Request(contact: "b@example.com"))).OrderId);
        foreach (var access in new[] { TicketAccess.ByToken("nothing"), TicketAccess.ByToken(second.Token), TicketAccess.ByUser("somebody") })
        {
            Assert.Null(await Buyer(shop).ReadAsync(shop.Scope, ticket.Id, access));
            Assert.Null(await Buyer(shop).PictureAsync(shop.Scope, ticket.Id, access, 1, 1));
            Assert.Equal(CommerceErrors.NotFound, (await Buyer(shop).WriteAsync(shop.Scope, ticket.Id, access, Message("Mine"))).Error!.Code);
        }

        Assert.Null(await Buyer(shop).ReadAsync(TestCommerce.Other, ticket.Id, TicketAccess.Staff));
        Assert.Null(await Buyer(shop).PictureAsync(TestCommerce.Other, ticket.Id, TicketAccess.Staff, 1, 1));
        Assert.Equal(CommerceErrors.NotFound, (await Desk(shop).AnswerAsync(TestCommerce.Other, ticket.Id, Message("x"), "eve")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await Desk(shop).CloseAsync(TestCommerce.Other, ticket.Id)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await Desk(shop).AssignAsync(TestCommerce.Other, ticket.Id, "eve")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await Buyer(shop).OpenAsync(TestCommerce.Other, Draft(order.OrderId, Message("x")))).Error!.Code);
        Assert.Empty(await Buyer(shop).OfOrderAsync(TestCommerce.Other, order.OrderId));
        Assert.Equal((2, 2), (await shop.Commerce.CountAsync("ticket", "state = 'Open' and assignee is null"), await shop.Commerce.CountAsync("ticket_message")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Pictures_are_told_by_their_content_and_stored_encrypted(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        async Task<string?> RefusedAsync(params byte[][] pictures) => (await Buyer(shop).OpenAsync(shop.Scope, Draft(order.OrderId, Message("See", pictures: pictures)))).Error?.Code;
        Assert.Equal(CommerceErrors.Invalid, await RefusedAsync("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()));
        Assert.Equal(CommerceErrors.Invalid, await RefusedAsync("<!doctype html><script>alert(1)</script>"u8.ToArray()));
        Assert.Equal(CommerceErrors.TooLong, await RefusedAsync([.. s_png, .. new byte[2 * 1024 * 1024]]));
        Assert.Equal(CommerceErrors.TooLong, await RefusedAsync(s_png, s_png, s_png, s_png));
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("ticket"), await shop.Commerce.CountAsync("ticket_picture")));

        var ticket = await OpenAsync(shop, order.OrderId, Message("KEY-card-000001 is no good", pictures: [s_png, [0xFF, 0xD8, 0xFF, 0xE0, 9]]));
        var picture = (await Buyer(shop).PictureAsync(shop.Scope, ticket.Id, TicketAccess.ByToken(ticket.Token), 1, 1))!;
        Assert.Equal(("image/png", ".png"), (picture.ContentType, picture.Extension));
        Assert.Equal(s_png, picture.Content);
        Assert.Equal("image/jpeg", (await Buyer(shop).PictureAsync(shop.Scope, ticket.Id, TicketAccess.Staff, 1, 2))!.ContentType);
        Assert.Null(await Buyer(shop).PictureAsync(shop.Scope, ticket.Id, TicketAccess.Staff, 1, 3));
        var stored = await shop.Commerce.Database.ReadSystemAsync(c => c.QueryAsync<byte[]>("select content from ticket_picture union all select text from ticket_message"));
        Assert.All(stored, bytes => Assert.True(bytes.AsSpan().IndexOf("PNG"u8) < 0 && bytes.AsSpan().IndexOf("KEY-card"u8) < 0));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_said_is_never_changed_not_even_by_a_bug(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await OpenAsync(shop, (await shop.PaidOrderAsync()).OrderId, Message("Look", pictures: [s_png]));
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync("update ticket_message set actor = null"));
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync("update ticket_picture set size = 1"));
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync("update ticket set state = 'Closed'"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Too_many_messages_of_an_order_or_an_address_are_refused_and_not_stored(CommerceDialect dialect)
    {
        await using var shop = new Shop(await TestCommerce.StartAsync(dialect, services => services.Configure<SupportOptions>(o => { o.MaxPerOrderPerHour = 3; o.MaxPerAddressPerHour = 5; o.MaxOpen = 2; })), TestCommerce.Mall);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        var ticket = await OpenAsync(shop, order.OrderId);
        var access = TicketAccess.ByToken(ticket.Token);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Buyer(shop).WriteAsync(shop.Scope, ticket.Id, access, Message($"More {i}"))));
        Assert.Equal((2, 4), (all.Count(r => r.Succeeded), all.Count(r => r.Error?.Code == CommerceErrors.TooManyAttempts)));
        Assert.Equal(CommerceErrors.TooManyAttempts, (await Buyer(shop).OpenAsync(shop.Scope, Draft(order.OrderId, Message("Another")))).Error!.Code);
        // staff aren't limited, and later it is possible again
        Assert.True((await Desk(shop).AnswerAsync(shop.Scope, ticket.Id, Message("Patience"), "ann")).Succeeded);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await Buyer(shop).WriteAsync(shop.Scope, ticket.Id, access, Message("Later"))).Succeeded);

        // five from one address, whatever they are about; and two open ones of a contact
        Assert.True((await GeneralAsync(shop, "a@example.com", "192.0.2.7")).Succeeded);
        Assert.True((await GeneralAsync(shop, "a@example.com", "192.0.2.7")).Succeeded);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await GeneralAsync(shop, "a@example.com", "192.0.2.8")).Error!.Code);
        foreach (var contact in new[] { "b@example.com", "c@example.com", "d@example.com" })
            Assert.True((await GeneralAsync(shop, contact, "192.0.2.7")).Succeeded);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await GeneralAsync(shop, "e@example.com", "192.0.2.7")).Error!.Code);
        Assert.Equal(5, await shop.Commerce.CountAsync("ticket", "order_id is null"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task General_tickets_are_found_by_contact_and_password_and_wrong_passwords_are_counted(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxLookupFailures = 3);
        var opened = (await GeneralAsync(shop, "138 0013 8000", "192.0.2.7")).Value;
        var found = await Buyer(shop).LookupAsync(shop.Scope, "+86 13800138000", "sesame", "192.0.2.9");
        Assert.Equal((opened.Id, opened.Token), (found.Value[0].Id, found.Value[0].Token));
        Assert.Equal(CommerceErrors.NotFound, (await Buyer(shop).LookupAsync(TestCommerce.Other, "13800138000", "sesame", null)).Error!.Code);
        for (var i = 0; i < 3; i++)
            Assert.Equal(CommerceErrors.NotFound, (await Buyer(shop).LookupAsync(shop.Scope, "13800138000", "guess" + i, "192.0.2.9")).Error!.Code);
        Assert.Equal(CommerceErrors.TooManyAttempts, (await Buyer(shop).LookupAsync(shop.Scope, "13800138000", "sesame", "192.0.2.9")).Error!.Code);

        var bad = await Buyer(shop).OpenAsync(shop.Scope, Draft(null, Message("  ")) with { Contact = "nobody", LookupPassword = "abc" });
        Assert.Equal([("text", CommerceErrors.Required), ("contact", CommerceErrors.Invalid), ("lookupPassword", CommerceErrors.TooShort)], bad.Errors.Select(e => (e.Field, e.Code)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Staff_see_who_waits_longest_first_page_by_page_and_find_by_number_and_contact(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 20);
        var tickets = new List<TicketReceipt>();
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await shop.PaidOrderAsync(Shop.Request(contact: $"b{i}@example.com")));
            tickets.Add(await OpenAsync(shop, orders[i].OrderId, Message($"Question {i}")));
            shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // an impatient buyer doesn't lose their place
        await Buyer(shop).WriteAsync(shop.Scope, tickets[0].Id, TicketAccess.ByToken(tickets[0].Token), Message("Hello?"));
        await Desk(shop).AnswerAsync(shop.Scope, tickets[2].Id, Message("Done"), "ann");
        await Desk(shop).AssignAsync(shop.Scope, tickets[3].Id, "ann");
        var search = new TicketSearch { State = TicketState.Open, Take = 3 };
        var first = await Desk(shop).SearchAsync(shop.Scope, search);
        var second = await Desk(shop).SearchAsync(shop.Scope, search with { After = first.Next });
        Assert.Equal(new[] { 0, 1, 3, 4 }.Select(i => tickets[i].Id), first.Tickets.Concat(second.Tickets).Select(t => t.Id));
        Assert.Equal(("Hello?", "b0@example.com", null), (first.Tickets[0].Last, first.Tickets[0].Contact, second.Next));
        async Task<string> OnlyAsync(TicketSearch s) => Assert.Single((await Desk(shop).SearchAsync(shop.Scope, s)).Tickets).Id;
        Assert.Equal(tickets[2].Id, await OnlyAsync(new() { State = TicketState.Answered }));
        Assert.Equal(tickets[3].Id, await OnlyAsync(new() { Assignee = "ann" }));
        Assert.Equal(tickets[1].Id, await OnlyAsync(new() { Text = orders[1].Number.ToLowerInvariant() }));
        Assert.Equal(tickets[4].Id, await OnlyAsync(new() { Text = "B4@example.com" }));
        Assert.Empty((await Desk(shop).SearchAsync(shop.Scope, new() { Text = "example" })).Tickets);
        Assert.Empty((await Desk(shop).SearchAsync(TestCommerce.Other, new())).Tickets);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Keys_that_a_buyer_pastes_are_masked_in_mails_and_in_the_evidence(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        var key = (await shop.KeysAsync(order)).Single();
        var text = $"I typed {key.ToLowerInvariant()} and AB12-CD34-EF56 of order {order.Number}, see https://help.example/a/AB12CD34EF56 or call 4711.";
        var ticket = await OpenAsync(shop, order.OrderId, Message(text));
        var mail = (await Desk(shop).MailAsync(shop.Scope, ticket.Id, 1))!;
        Assert.Equal($"I typed {SecretMaskOf(key)} and AB1•••F56 of order {order.Number}, see https://help.example/a/AB12CD34EF56 or call 4711.", mail.Text, ignoreCase: true);
        Assert.Equal(("buyer@example.com", ticket.Token), (mail.Ticket.Contact, mail.Token));
        Assert.Null(await Desk(shop).MailAsync(TestCommerce.Other, ticket.Id, 1));

        await Desk(shop).AnswerAsync(shop.Scope, ticket.Id, Message("Sorry!", pictures: [s_png]), "ann");
        var pack = (await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, order.OrderId, "ann")).Value;
        Assert.Equal([(TicketAuthor.Buyer, null, 0), (TicketAuthor.Staff, "ann", 1)], pack.Pack.Messages.Select(m => (m.Author, m.Actor, m.Pictures)));
        Assert.DoesNotContain(key, System.Text.Encoding.UTF8.GetString(pack.Json), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Quick_replies_are_the_shops_own()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        var replies = shop.Commerce.Get<IQuickReplies>();
        var made = (await replies.SaveAsync(shop.Scope, null, " Greeting ", "Hello!")).Value;
        Assert.Equal("Greeting", made.Title);
        Assert.Equal(CommerceErrors.Required, (await replies.SaveAsync(shop.Scope, null, "x", " ")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await replies.SaveAsync(TestCommerce.Other, made.Id, "x", "y")).Error!.Code);
        await replies.DeleteAsync(TestCommerce.Other, made.Id);
        Assert.True((await replies.SaveAsync(shop.Scope, made.Id, "Greeting", "Hi!")).Succeeded);
        Assert.Equal("Hi!", Assert.Single(await replies.ListAsync(shop.Scope)).Text);
        Assert.Empty(await replies.ListAsync(TestCommerce.Other));
        await replies.DeleteAsync(shop.Scope, made.Id);
        Assert.Empty(await replies.ListAsync(shop.Scope));
    }

    private static ITickets Buyer(Shop shop) => shop.Commerce.Get<ITickets>();

    private static ITicketDesk Desk(Shop shop) => shop.Commerce.Get<ITicketDesk>();

    private static (int Unread, int Messages) Counts(TicketSummary ticket) => (ticket.Unread, ticket.Messages);

    private static string SecretMaskOf(string key) => LinkShop.Commerce.KeyPools.SecretMask.Of(key);

    private static MessageDraft Message(string text, string? id = null, byte[][]? pictures = null) =>
        new() { Id = id ?? Guid.NewGuid().ToString("n"), Text = text, Pictures = pictures ?? [] };

    private static TicketDraft Draft(string? orderId, MessageDraft message) => new() { OrderId = orderId, Message = message, Category = TicketCategory.KeyInvalid, Culture = "en" };

    private static async Task<TicketReceipt> OpenAsync(Shop shop, string orderId, MessageDraft? message = null)
    {
        var opened = await Buyer(shop).OpenAsync(shop.Scope, Draft(orderId, message ?? Message("The key doesn't work.")));
        Assert.True(opened.Succeeded, opened.Error?.Message);
        return opened.Value;
    }

    private static Task<CommerceResult<TicketReceipt>> GeneralAsync(Shop shop, string contact, string address) =>
        Buyer(shop).OpenAsync(shop.Scope, Draft(null, Message("Do you sell X?") with { ClientAddress = address }) with { Contact = contact, LookupPassword = "sesame" });
}
