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

    [Theory]
    [InlineData("b/new.png", true)]
    [InlineData("b/there.png", true)]
    [InlineData("b/there.png", false)]
    public async Task A_write_that_fails_gives_its_room_back_and_leaves_no_part_of_a_file(string path, bool breaks)
    {
        var shop = shops.Shops["bob"];
        await shops.InAsync(shop, services => StoreAsync(services, "b/there.png", new MemoryStream(new byte[400]), overwrite: true));
        var before = await BytesAsync();
        await shops.InAsync(shop, async services =>
        {
            // the one stream breaks off, the other is refused as there is such a file
            await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(services, path, breaks ? new BreakingStream(5_000) : new MemoryStream(new byte[5_000]), overwrite: breaks));
            Assert.Equal(before + (path == "b/new.png" ? 5_000 : 4_600), await BytesAsync());
        });
        Assert.Equal(before, await BytesAsync());
        await shops.InAsync(shop, async services =>
        {
            var (there, names) = (0L, new List<string>());
            await foreach (var file in services.GetRequiredService<OrchardCore.Media.IMediaFileStore>().GetDirectoryContentAsync(null, includeSubDirectories: true))
            {
                there += file.Length;
                names.Add(file.Name);
            }

            Assert.Equal(before, there);
            Assert.DoesNotContain(names, n => n.EndsWith(".part", StringComparison.Ordinal) || n == "new.png");
        });

        async Task<long> BytesAsync()
        {
            long? bytes = null;
            await shops.InAsync(shop, async services => bytes = await services.GetRequiredService<IShopStorage>().BytesAsync(new("Default"), shop));
            return bytes!.Value;
        }

        static async Task StoreAsync(IServiceProvider services, string path, Stream stream, bool overwrite)
        {
            await using (stream)
                await services.GetRequiredService<OrchardCore.Media.IMediaFileStore>().CreateFileFromStreamAsync(path, stream, overwrite);
        }
    }

    /// <summary>Ends with a fault that isn't one of files, as when a sender goes away.</summary>
    private sealed class BreakingStream(int length) : MemoryStream(new byte[length])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new OperationCanceledException();
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
