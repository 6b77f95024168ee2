using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;

namespace LinkShop.Web.Tests.Shops;

/// <summary>What the platform does by itself with shops' domains, and the mails about it.</summary>
public sealed class SweepTests(ShopRoutes shops) : IClassFixture<ShopRoutes>
{
    private const long Hour = 3_600_000;
    private static readonly TenantScope Platform = new("Default");

    [Fact]
    public async Task A_domain_is_proven_by_the_task_kept_while_it_answers_and_lost_with_two_mails_after_a_week_without_proof()
    {
        var (shop, domain) = (shops.Shops["ann"], "www.sweep-ann.example");
        var wanted = await DomainsAsync(d => d.AddAsync(Platform, shop, domain, "ann"));
        Assert.True(wanted.Succeeded, wanted.Error?.Message);
        await DueAsync(domain);
        await RunAsync("DomainTask");
        Assert.Equal(ShopDomainState.Waiting, (await FindAsync(shop, domain))!.State);
        Assert.False(await AnswersAsync(domain, "Shop of ann"));

        shops.Dns.Texts["_linkshop." + domain] = [wanted.Value.RecordText];
        // not due: not looked at
        await RunAsync("DomainTask");
        Assert.Equal(ShopDomainState.Waiting, (await FindAsync(shop, domain))!.State);
        await DueAsync(domain);
        await RunAsync("DomainTask");
        Assert.Equal(ShopDomainState.Proven, (await FindAsync(shop, domain))!.State);
        Assert.True(await AnswersAsync(domain, "Shop of ann"));

        // a name server that can't say takes nothing away
        shops.Dns.Broken["_linkshop." + domain] = true;
        await DueAsync(domain);
        await RunAsync("DomainTask");
        Assert.Null((await FindAsync(shop, domain))!.GoneSince);
        shops.Dns.Broken.Clear();

        shops.Dns.Texts.Clear();
        await DueAsync(domain);
        await RunAsync("DomainTask");
        Assert.NotNull((await FindAsync(shop, domain))!.GoneSince);
        await DueAsync(domain, gone: 13 * Hour);
        await RunAsync("DomainTask");
        await Mails.FindAsync(shops.Folder, "ann@test.example", domain, "验证记录");
        Assert.True(await AnswersAsync(domain, "Shop of ann"));
        Assert.Single(Mails.To(shops.Folder, "ann@test.example"), m => m.Contains(domain, StringComparison.Ordinal));

        await DueAsync(domain, gone: (7 * 24 * Hour) + Hour);
        await RunAsync("DomainTask");
        Assert.Equal(ShopDomainState.Lost, (await FindAsync(shop, domain))!.State);
        Assert.False(await AnswersAsync(domain, "Shop of ann"));
        await Mails.FindAsync(shops.Folder, "ann@test.example", domain, "7 天");
        Assert.Equal(2, Mails.To(shops.Folder, "ann@test.example").Count(m => m.Contains(domain, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Domains_of_a_shop_whose_tenant_was_removed_are_freed()
    {
        var gone = "";
        await PlatformAsync(async services =>
        {
            var register = services.GetRequiredService<IShops>();
            var claimed = await register.ClaimAsync(Platform, new ShopClaim("gone-shop", "Gone", "other", new ShopOwner("u", "gone", null)));
            gone = (await register.OpenedAsync(Platform, claimed.Value.Shop)).Value.Shop;
        });
        Assert.True((await DomainsAsync(d => d.AddAsync(Platform, gone, "www.sweep-gone.example", "gone"))).Succeeded);
        Assert.True((await DomainsAsync(d => d.AddAsync(Platform, shops.Shops["bob"], "www.sweep-stays.example", "bob"))).Succeeded);
        await DueAsync("www.sweep-gone.example");
        await RunAsync("DomainTask");
        Assert.Null(await FindAsync(gone, "www.sweep-gone.example"));
        Assert.NotNull(await FindAsync(shops.Shops["bob"], "www.sweep-stays.example"));
    }

    [Fact]
    public async Task An_opening_that_nobody_repeats_for_a_day_is_given_up_and_its_address_is_free()
    {
        var day = 24 * Hour;
        var (old, fresh, again) = (await ClaimAsync("sweep-old"), await ClaimAsync("sweep-fresh"), await ClaimAsync("sweep-again"));
        await AgeAsync(old, day + Hour);
        await AgeAsync(fresh, day - Hour);
        await AgeAsync(again, day + Hour);
        Assert.Equal(again, await ClaimAsync("sweep-again"));
        await RunAsync("OpeningTask");
        await PlatformAsync(async services =>
        {
            var register = services.GetRequiredService<IShops>();
            Assert.Null(await register.FindAsync(Platform, old));
            Assert.Null(await register.CheckSlugAsync(Platform, "sweep-old"));
            Assert.Equal((ShopState.Opening, ShopState.Opening), ((await register.FindAsync(Platform, fresh))!.State, (await register.FindAsync(Platform, again))!.State));
            Assert.Equal(ShopState.Open, (await register.FindAsync(Platform, shops.Shops["ann"]))!.State);
        });

        async Task<string> ClaimAsync(string slug)
        {
            var shop = "";
            await PlatformAsync(async services => shop = (await services.GetRequiredService<IShops>().ClaimAsync(Platform, new ShopClaim(slug, "Swept", "other", new ShopOwner("u-" + slug, slug, null)))).Value.Shop);
            return shop;
        }

        Task AgeAsync(string shop, long ago) => SystemAsync(
            "update shop set opening_until = 1, updated_at = @at where shop = @shop", new { shop, at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - ago });
    }

    private Task RunAsync(string task) => PlatformAsync(services =>
        services.GetServices<IBackgroundTask>().Single(t => t.GetType().Name == task).DoWorkAsync(services, TestContext.Current.CancellationToken));

    private Task PlatformAsync(Func<IServiceProvider, Task> work) => shops.InAsync(ShellSettings.DefaultShellName, work);

    private async Task<T> DomainsAsync<T>(Func<IShopDomains, Task<T>> work)
    {
        T? result = default;
        await PlatformAsync(async services => result = await work(services.GetRequiredService<IShopDomains>()));
        return result!;
    }

    private Task<ShopDomain?> FindAsync(string shop, string domain) => DomainsAsync(d => d.FindAsync(Platform, shop, domain));

    private Task DueAsync(string domain, long? gone = null) => gone is { } ago
        ? SystemAsync("update shop_domain set next_check = 1, gone_since = @since where domain = @domain", new { domain, since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - ago })
        : SystemAsync("update shop_domain set next_check = 1 where domain = @domain", new { domain });

    private Task SystemAsync(string sql, object? parameters) => PlatformAsync(services => services.GetRequiredService<ICommerceDatabase>().WriteSystemAsync(c => c.ExecuteAsync(sql, parameters)));

    private async Task<bool> AnswersAsync(string domain, string title)
    {
        using var client = shops.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost/"));
        request.Headers.Host = domain;
        using var answer = await client.SendAsync(request);
        return (await answer.Content.ReadAsStringAsync()).Contains(title, StringComparison.Ordinal);
    }
}
