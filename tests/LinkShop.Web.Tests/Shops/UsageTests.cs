using System.Net;
using LinkShop.Commerce.Shops;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The platform's report of what shops cost and bring.</summary>
public sealed class UsageTests(ShopRoutes shops) : IClassFixture<ShopRoutes>
{
    [Fact]
    public async Task Each_shop_counts_what_it_answers_also_from_the_page_cache_and_the_other_shops_do_not()
    {
        var before = await RequestsAsync();
        using var client = shops.CreateClient();
        foreach (var path in new[] { "/bob", "/bob", "/bob/", "/bob/brand.css", "/bob/no-such-page" })
            (await client.GetAsync(new Uri("http://localhost" + path))).Dispose();
        var after = await RequestsAsync();
        Assert.Equal((before["ann"], before["bob"] + 5), (after["ann"], after["bob"]));
    }

    [Fact]
    public async Task The_task_counts_all_shops_and_the_report_and_the_file_show_them_to_who_looks_after_shops()
    {
        await shops.InAsync(ShellSettings.DefaultShellName, async services =>
        {
            var task = services.GetServices<IBackgroundTask>().Single(t => t.GetType().Name == "UsageTask");
            await task.DoWorkAsync(services, TestContext.Current.CancellationToken);
        });
        using var client = shops.CreateClient();
        var cookies = await SignInAsync(client, LinkShopServer.AdminUser, LinkShopServer.AdminPassword);
        var (status, page) = await AskAsync(client, "/Admin/ShopUsage/Index?sort=Requests&culture=en", cookies);
        Assert.Equal(HttpStatusCode.OK, status);
        var text = ShopAdmin.TextOf(page);
        Assert.Contains("Shop of ann", text, StringComparison.Ordinal);
        Assert.Contains("All 2 shops", text, StringComparison.Ordinal);
        Assert.Contains("Counted on", text, StringComparison.Ordinal);
        Assert.Contains("How each number is made", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Shop of ann", (await AskAsync(client, "/Admin/ShopUsage/Index?q=bob", cookies)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, "/Admin/ShopUsage/Index?sort=99&value=x&after=-1&currency=%27", cookies)).Status);
        var file = (await AskAsync(client, "/Admin/ShopUsage/Export", cookies)).Text;
        Assert.Equal(3, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Shop of ann,ann,ann,free,Open", file, StringComparison.Ordinal);

        var ann = await SignInAsync(client, "ann", ShopRoutes.Password);
        foreach (var who in new[] { null, ann })
        {
            foreach (var action in new[] { "Index", "Export" })
                Assert.NotEqual(HttpStatusCode.OK, (await AskAsync(client, "/Admin/ShopUsage/" + action, who)).Status);
        }
    }

    [Fact]
    public async Task Each_file_that_is_stored_written_over_or_deleted_changes_the_number_and_one_that_is_refused_does_not()
    {
        var shop = shops.Shops["ann"];
        await shops.InAsync(shop, async services =>
        {
            var (media, storage) = (services.GetRequiredService<OrchardCore.Media.IMediaFileStore>(), services.GetRequiredService<IShopStorage>());
            await StoreAsync("a/one.png", 1000);
            var before = (await storage.BytesAsync(new("Default"), shop))!.Value;
            await StoreAsync("a/two.png", 300);
            await StoreAsync("a/one.png", 1500);
            Assert.Equal(before + 800, await storage.BytesAsync(new("Default"), shop));
            await Assert.ThrowsAsync<OrchardCore.FileStorage.FileStoreException>(() => StoreAsync("a/big.png", 300 * 1024 * 1024));
            Assert.True(await media.TryDeleteFileAsync("a/one.png"));
            Assert.False(await media.TryDeleteFileAsync("a/one.png"));
            Assert.Equal(before - 700, await storage.BytesAsync(new("Default"), shop));
            var there = 0L;
            await foreach (var file in media.GetDirectoryContentAsync(null, includeSubDirectories: true))
                there += file.Length;
            Assert.Equal(there, await storage.BytesAsync(new("Default"), shop));

            async Task StoreAsync(string path, int length)
            {
                using var stream = new MemoryStream(new byte[length]);
                await media.CreateFileFromStreamAsync(path, stream, overwrite: true);
            }
        });
    }

    private async Task<Dictionary<string, long>> RequestsAsync()
    {
        var found = new Dictionary<string, long>();
        await shops.InAsync(ShellSettings.DefaultShellName, async services =>
        {
            await services.GetRequiredService<IShopVisits>().FlushAsync();
            var page = await services.GetRequiredService<IShopUsages>().ListAsync(new("Default"), new ShopUsageQuery("CNY"));
            found = page.Shops.ToDictionary(s => s.Slug, s => s.Requests);
        });
        return found;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient client, string path, string? cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost" + path));
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> SignInAsync(HttpClient client, string user, string password)
    {
        using var page = await client.GetAsync(new Uri("http://localhost/Login"));
        var jar = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var form = ShopAdmin.FieldsOf(await page.Content.ReadAsStringAsync());
        (form["UserName"], form["Password"]) = (user, password);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://localhost/Login")) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", jar);
        using var answer = await client.SendAsync(request);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }
}
