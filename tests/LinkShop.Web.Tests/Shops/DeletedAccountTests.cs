using System.Net;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Somebody deletes their account: it is gone at once, what names them too, and the books stay.</summary>
public abstract class DeletedAccountTests(ShopRoutes shops)
{
    private TenantScope Scope => OwnData.ScopeOf(shops);

    [Fact]
    public async Task The_account_can_sign_in_no_more_every_session_ends_at_once_names_go_and_staff_still_find_the_order()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        await using var clerk = await shops.StaffAsync("ann", "the-finder", "Manager");
        var ann = await OwnData.JoinAsync(shops);
        var order = await ann.OrderAsync(await ann.SellAsync(1000));
        var (about, general) = (await ann.WriteAsync("About my order", order.OrderId), await ann.WriteAsync("A general question"));
        foreach (var ticket in new[] { about, general })
            await ann.InAsync(services => services.GetRequiredService<ITicketDesk>().CloseAsync(Scope, ticket.Id));
        var link = await ann.PromoteAsync("Ann " + ann.Name, "GONE" + ann.Name);
        var phone = await ann.OtherDeviceAsync();
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/account/orders")).Status);
        Assert.Contains("name=\"Password\"", (await ann.GetAsync("/account/delete")).Text, StringComparison.Ordinal);

        using (var refused = await ann.PostAsync("/account/delete", "wrong one"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull(await ann.AccountAsync());
        using (var done = await ann.PostAsync("/account/delete"))
            Assert.Equal((HttpStatusCode.Redirect, "/ann/account/deleted"), (done.StatusCode, done.Headers.Location?.OriginalString));

        Assert.Null(await ann.AccountAsync());
        foreach (var device in new[] { ann, phone })
            Assert.Contains("/Login", (await device.GetAsync("/account/orders")).Location, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(ann.SignInAsync);

        var promoter = (await ann.InAsync(services => services.GetRequiredService<IPromoters>().FindAsync(Scope, ann.Id)))!;
        Assert.Equal(("—", PromoterState.Left, false), (promoter.Name, promoter.State, promoter.Listed));
        Assert.Null(await ann.InAsync(services => services.GetRequiredService<IReferralLinks>().ResolveAsync(Scope, link.Code)));
        Assert.Null(await ann.InAsync(services => services.GetRequiredService<ITickets>().ReadAsync(Scope, general.Id, TicketAccess.Staff)));
        Assert.NotNull(await ann.InAsync(services => services.GetRequiredService<ITickets>().ReadAsync(Scope, about.Id, TicketAccess.Staff)));

        var staff = new OwnData(shops, "the-finder");
        await staff.SignInAsync();
        foreach (var path in new[] { $"/Admin/Orders/Index?Q={order.Number}", $"/Admin/Orders/Index?Q={Uri.EscapeDataString(ann.Mail)}", "/Admin/Orders/Detail/" + order.OrderId, "/Admin/Customers/Detail/" + order.OrderId })
        {
            var (status, text, _) = await staff.GetAsync(path);
            Assert.True(status == HttpStatusCode.OK && text.Contains(order.Number, StringComparison.Ordinal), $"{path}: {status}");
        }

        // and its buyer opens it with the lookup password
        var opened = await ann.InAsync(services => services.GetRequiredService<IOrdering>().GetAsync(Scope, order.OrderId, OrderAccess.ByPassword("sesame-1", null)));
        Assert.Equal(OwnData.Delivered, Assert.Single(opened.Value.Lines[0].Deliveries));
    }

    [Fact]
    public async Task Nothing_goes_while_something_is_open_and_each_reason_is_named_with_the_way_to_settle_it()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var ann = await OwnData.JoinAsync(shops);
        var (text, manual) = (await ann.SellAsync(1000), await ann.SellAsync(1000, DeliveryKind.Manual));
        var (unpaid, undelivered, refunded) = (await ann.OrderAsync(text, pay: false), await ann.OrderAsync(manual), await ann.OrderAsync(text));
        var asked = (await ann.InAsync(services => services.GetRequiredService<IRefunds>().RequestAsync(Scope, new RefundDraft
        {
            Id = Guid.NewGuid().ToString("n"), OrderId = refunded.OrderId, Lines = [new RefundLine(1, 400)], Reason = RefundReason.NotAsDescribed,
        }))).Value;
        var ticket = await ann.WriteAsync("Hello?");
        var grant = (await ann.InAsync(services => services.GetRequiredService<ICredits>().GrantAsync(Scope, new CreditGrant
        {
            Id = Guid.NewGuid().ToString("n"), UserId = ann.Id, Kind = CreditKind.Balance, Amount = new Money(500, "CNY"), Reason = "A present", Actor = "the-clerk",
        }))).Value;
        await ann.PromoteAsync("Still " + ann.Name, "OPEN" + ann.Name);

        using (var refused = await ann.PostAsync("/account/delete"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            AssertReasons(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()));
        }

        AssertReasons((await ann.GetAsync("/account/delete")).Text);
        Assert.NotNull(await ann.AccountAsync());
        Assert.StartsWith("Still", (await ann.InAsync(services => services.GetRequiredService<IPromoters>().FindAsync(Scope, ann.Id)))!.Name, StringComparison.Ordinal);

        await ann.InAsync(services => services.GetRequiredService<IOrdering>().CancelAsync(Scope, unpaid.OrderId, OrderAccess.ByUser(ann.Id)));
        await ann.InAsync(services => services.GetRequiredService<IOrderDesk>().DeliverByHandAsync(Scope, undelivered.OrderId, 1, "Here", "the-clerk"));
        await ann.InAsync(services => services.GetRequiredService<IRefunds>().WithdrawAsync(Scope, refunded.OrderId, asked.Id));
        await ann.InAsync(services => services.GetRequiredService<ITicketDesk>().CloseAsync(Scope, ticket.Id));
        await ann.InAsync(services => services.GetRequiredService<ICredits>().TakeBackAsync(Scope, new CreditTakeBack { Id = Guid.NewGuid().ToString("n"), GrantId = grant.Id, Reason = "Leaves", Actor = "the-clerk" }));
        using var done = await ann.PostAsync("/account/delete");
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Null(await ann.AccountAsync());

        void AssertReasons(string page)
        {
            foreach (var (reason, link) in new[]
            {
                ($"订单 {unpaid.Number} 等待付款", "/ann/orders/" + unpaid.OrderId), ($"订单 {undelivered.Number} 尚未交付", "/ann/orders/" + undelivered.OrderId),
                ($"订单 {refunded.Number} 的退款申请", "/ann/orders/" + refunded.OrderId), ("还没有回复您的留言", "/ann/support/" + ticket.Id), ("您还有余额 ¥5.00", "/ann/account/orders"),
            })
            {
                Assert.Contains(reason, page, StringComparison.Ordinal);
                Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("name=\"Password\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_works_in_a_shop_or_owns_one_stays()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        await using var staff = await shops.StaffAsync("ann", "leaving-staff", "CustomerService");
        var clerk = new OwnData(shops, "leaving-staff");
        await clerk.SignInAsync();
        using (var refused = await clerk.PostAsync("/account/delete"))
            Assert.Contains("您是本站工作人员", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);

        // the shop's owner has the account on the platform
        var owner = new OwnData(shops, "ann", "");
        await owner.SignInAsync();
        using (var refused = await owner.PostAsync("/account/delete"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("小铺 Shop of ann 是您的", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        await shops.InAsync(ShellSettings.DefaultShellName, async services => Assert.NotNull(await services.GetRequiredService<UserManager<IUser>>().FindByNameAsync("ann")));
    }

    [Fact]
    public async Task Of_two_devices_that_delete_it_at_the_same_moment_neither_sees_an_error_page()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var ann = await OwnData.JoinAsync(shops);
        var devices = new[] { ann, await ann.OtherDeviceAsync(), await ann.OtherDeviceAsync() };
        var answers = await Task.WhenAll(devices.Select(d => d.PostAsync("/account/delete")));
        // whoever comes when it is done is somebody who isn't signed in, or whose form is of nobody
        Assert.All(answers, a => Assert.True((int)a.StatusCode < 500, $"{a.StatusCode}"));
        Assert.Contains(answers, a => a.Headers.Location?.OriginalString == "/ann/account/deleted");
        Assert.Null(await ann.AccountAsync());
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task A_disabled_account_is_out_with_its_next_request()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var ann = await OwnData.JoinAsync(shops);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/account/orders")).Status);
        Assert.True(await ann.InAsync(async services => await services.GetRequiredService<OrchardCore.Users.Services.IUserService>().DisableAsync((await services.GetRequiredService<UserManager<IUser>>().FindByIdAsync(ann.Id))!)));
        Assert.Contains("/Login", (await ann.GetAsync("/account/orders")).Location, StringComparison.Ordinal);
    }
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteDeletedAccountTests(ShopRoutes shops) : DeletedAccountTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresDeletedAccountTests(PostgresShopRoutes shops) : DeletedAccountTests(shops);
