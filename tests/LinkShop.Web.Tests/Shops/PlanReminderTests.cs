using System.Globalization;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The mail before a plan ends: through the task, the outbox and the mail service, as it comes to an owner.</summary>
public abstract class PlanReminderTests(ShopRoutes shops)
{
    private static readonly TenantScope Platform = new("Default");

    [Fact]
    public async Task An_owner_is_reminded_a_week_and_a_day_before_once_each_in_the_platforms_language_and_of_its_day_there()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var shop = shops.Shops["bob"];
        await GiveAsync(shop, DateTimeOffset.UtcNow.AddDays(30));
        await SweepAsync(shop);
        await ToldAsync();
        Assert.Empty(MailsTo("bob"));

        // in the evening of one day by UTC, which is early on the next where the platform is
        var day = DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(7);
        await GiveAsync(shop, new DateTimeOffset(day.AddHours(-4), TimeSpan.Zero));
        await SweepAsync(shop);
        await SweepAsync(shop);
        await ToldAsync();
        var first = Assert.Single(MailsTo("bob"));
        Assert.Contains($"您的小铺 Shop of bob 的套餐“专业版”将于 {day.ToString("D", CultureInfo.GetCultureInfo("zh-CN"))} 到期", first, StringComparison.Ordinal);
        Assert.Contains("/plans?shop=bob", first, StringComparison.Ordinal);

        // the last day is a stage of its own; the platform speaks English now
        var until = DateTimeOffset.UtcNow.AddHours(20);
        await InEnglishAsync(async () =>
        {
            await SystemAsync("update shop set hand_until = @until, plan_until = @until, plan_check_at = 1 where shop = @shop", new { shop, until });
            await SweepAsync(shop);
            await ToldAsync();
        });
        var last = Assert.Single(MailsTo("bob").Except([first]));
        Assert.Contains($"The Pro plan of your shop Shop of bob ends on {until.ToOffset(TimeSpan.FromHours(8)).ToString("D", CultureInfo.GetCultureInfo("en"))}.", last, StringComparison.Ordinal);

        // over: back on the free plan, and nothing more is said
        await SystemAsync("update shop set hand_until = 1 where shop = @shop", new { shop });
        await SweepAsync(shop);
        await ToldAsync();
        await PlatformAsync(async services => Assert.Equal("free", (await services.GetRequiredService<IShopPlans>().StateAsync(Platform, shop))!.Plan));
        Assert.Equal(2, MailsTo("bob").Count);
        Assert.DoesNotContain(MailsTo("ann"), mail => mail.Contains("Shop of bob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_a_plan_that_was_paid_on_or_of_a_shop_that_is_closed()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var (shop, now) = (shops.Shops["ann"], DateTimeOffset.UtcNow);
        // bought 26 days ago: five are left
        await PayAsync("one", now.AddDays(-26));
        await ToldAsync();
        var first = Assert.Single(MailsTo("ann"));
        Assert.Contains("Shop of ann", first, StringComparison.Ordinal);
        var ending = new PlanEnding(shop, "pro", now.AddDays(-26).AddDays(31));

        await PayAsync("two", now);
        for (var i = 0; i < 2; i++)
            await SweepAsync(shop);
        // the message of the end that was: it came late, or again
        await HandleAsync(ending);
        await ToldAsync();
        Assert.Single(MailsTo("ann"));

        var state = await StateAsync(shop);
        await SystemAsync("update shop set state = 'Closed' where shop = @shop", new { shop });
        await HandleAsync(new PlanEnding(shop, state.Plan, state.PlanUntil!.Value));
        Assert.Single(MailsTo("ann"));
        await SystemAsync("update shop set state = 'Open' where shop = @shop", new { shop });
        await HandleAsync(new PlanEnding(shop, state.Plan, state.PlanUntil!.Value));
        // the same message of an open shop is one
        Assert.Equal(2, MailsTo("ann").Count);
    }

    // other tests hand the same shops over and back, which owners are told too
    private List<string> MailsTo(string owner) => [.. Mails.To(shops.Folder, owner + "@test.example").Where(m => m.Contains("/plans?shop=", StringComparison.Ordinal))];

    private Task PayAsync(string order, DateTimeOffset at) => PlatformAsync(async services =>
    {
        var plan = (await services.GetRequiredService<IShopPlans>().ListAsync(Platform)).Single(p => p.Code == "pro");
        var paid = new PlanPurchase(order, 1, "ann", plan.MonthSku!, 1, at, 4_900, 4_900);
        Assert.True((await services.GetRequiredService<IShopPlans>().ApplyAsync(Platform, paid)).Succeeded);
    });

    private Task GiveAsync(string shop, DateTimeOffset until) => PlatformAsync(async services =>
        Assert.True((await services.GetRequiredService<IShopPlans>().GiveAsync(Platform, shop, "pro", until, "test", "boss")).Succeeded));

    private async Task SweepAsync(string shop)
    {
        await SystemAsync("update shop set plan_check_at = 1 where shop = @shop", new { shop });
        await PlatformAsync(services => services.GetServices<IBackgroundTask>().Single(t => t.GetType().Name == "PlanSweepTask").DoWorkAsync(services, TestContext.Current.CancellationToken));
    }

    private Task HandleAsync(PlanEnding ending) => PlatformAsync(services => services.GetServices<IOutboxHandler>().Single(h => h.Handles(PlanEvents.Ending)).HandleAsync(
        new OutboxMessage(1, Platform.Tenant, PlanEvents.Ending, JsonSerializer.Serialize(ending, JsonSerializerOptions.Web), 1, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken));

    /// <summary>Until no message about ends waits any more.</summary>
    private async Task ToldAsync()
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        for (var waiting = 1L; waiting > 0;)
        {
            await PlatformAsync(async services => waiting = await services.GetRequiredService<ICommerceDatabase>().ReadSystemAsync(
                c => c.QuerySingleOrDefaultAsync<long>("select count(*) from outbox where type = @type", new { type = PlanEvents.Ending })));
            Assert.True(DateTime.UtcNow < end, "a message waits for half a minute");
            await Task.Delay(50); // poll of the condition above
        }
    }

    private async Task<ShopPlanState> StateAsync(string shop)
    {
        ShopPlanState? state = null;
        await PlatformAsync(async services => state = await services.GetRequiredService<IShopPlans>().StateAsync(Platform, shop));
        return state!;
    }

    private async Task InEnglishAsync(Func<Task> work)
    {
        await PlatformAsync(services => Speak(services, "en"));
        try
        {
            await work();
        }
        finally
        {
            await PlatformAsync(services => Speak(services, null));
        }

        static Task Speak(IServiceProvider services, string? culture)
        {
            services.GetRequiredService<ShellSettings>()["DefaultCulture"] = culture;
            return Task.CompletedTask;
        }
    }

    private Task SystemAsync(string sql, object? parameters) => PlatformAsync(services => services.GetRequiredService<ICommerceDatabase>().WriteSystemAsync(c => c.ExecuteAsync(sql, parameters)));

    private Task PlatformAsync(Func<IServiceProvider, Task> work) => shops.InAsync(ShellSettings.DefaultShellName, work);
}

/// <summary>On SQLite.</summary>
public sealed class SqlitePlanReminderTests(ShopRoutes shops) : PlanReminderTests(shops), IClassFixture<ShopRoutes>;

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresPlanReminderTests(PostgresShopRoutes shops) : PlanReminderTests(shops);
