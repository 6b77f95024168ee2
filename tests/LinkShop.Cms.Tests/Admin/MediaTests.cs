using System.Net;
using LinkShop.Cms.Admin.Media;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.FileStorage;
using OrchardCore.Media;

namespace LinkShop.Cms.Tests.Admin;

public sealed class MediaTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Fact]
    public async Task A_file_of_the_recipe_is_served_so_that_it_can_do_no_harm()
    {
        using var browser = site.Browse();
        using var response = await browser.GetAsync("/media/covers/a.svg");
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotNull(response.Headers.ETag);
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData("/media/../../../content.db")]
    [InlineData("/media/..%2f..%2f..%2fcontent.db")]
    [InlineData("/media/%2e%2e/%2e%2e/%2e%2e/content.db")]
    [InlineData("/media/..%5c..%5ccontent.db")]
    [InlineData("/media/covers/../../../../content.db")]
    [InlineData("/media//etc/passwd")]
    [InlineData("/media/covers/a.svg%00.png")]
    [InlineData("/media/covers")]
    public async Task No_path_leads_out_of_the_store(string path)
    {
        using var browser = site.Browse();
        Assert.Contains(await browser.StatusAsync(path), (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
    }

    [Theory]
    [InlineData("../x.png")]
    [InlineData("a/../../x.png")]
    [InlineData(@"..\x.png")]
    [InlineData("c:/x.png")]
    [InlineData(".hidden.png")]
    [InlineData("a/b.exe")]
    [InlineData("page.html")]
    public async Task Nothing_is_written_outside_of_the_store_or_of_a_kind_that_could_act(string path)
        => await site.Host.InTenantAsync("Default", async services =>
        {
            var store = services.GetRequiredService<IMediaFileStore>();
            await Assert.ThrowsAsync<FileStoreException>(() => store.CreateFileFromStreamAsync(path, new MemoryStream([1])));
        });

    [Fact]
    public async Task An_absolute_path_is_taken_as_one_inside_the_store()
        => await site.Host.InTenantAsync("Cards", async services =>
        {
            var store = services.GetRequiredService<IMediaFileStore>();
            Assert.Equal("tmp/here.png", await store.CreateFileFromStreamAsync("/tmp/here.png", new MemoryStream([1])));
            Assert.Equal("/cards/media/tmp/here.png", store.MapPathToPublicUrl("tmp/here.png"));
            await Assert.ThrowsAsync<FileStoreException>(() => store.CreateFileFromStreamAsync("tmp/here.png", new MemoryStream([1])));
            Assert.Null(await services.GetRequiredService<IMediaFileStore>().GetFileInfoAsync("covers/none.svg"));
        });

    [Fact]
    public async Task A_name_as_long_as_names_may_be_can_be_stored()
        => await site.Host.InTenantAsync("Cards", async services =>
        {
            var name = MediaPath.NameFor(new string('货', 200) + ".png");
            Assert.True(name.Length > 75, name);
            Assert.Equal("long/" + name, await services.GetRequiredService<IMediaFileStore>().CreateFileFromStreamAsync("long/" + name, new MemoryStream([1])));
        });

    [Fact]
    public async Task A_refusal_is_in_the_readers_language()
        => await site.Host.InTenantAsync("Cards", async services =>
        {
            var store = services.GetRequiredService<IMediaFileStore>();
            await store.CreateFileFromStreamAsync("twice.png", new MemoryStream([1]));
            using var chinese = new Culture("zh-CN");
            Assert.Contains("已有", (await Assert.ThrowsAsync<FileStoreException>(() => store.CreateFileFromStreamAsync("twice.png", new MemoryStream([1])))).Message, StringComparison.Ordinal);
            Assert.Contains("不能存放", (await Assert.ThrowsAsync<FileStoreException>(() => store.CreateFileFromStreamAsync("a.exe", new MemoryStream([1])))).Message, StringComparison.Ordinal);
            Assert.Contains("没有", (await Assert.ThrowsAsync<FileStoreException>(() => store.GetFileStreamAsync("none.png"))).Message, StringComparison.Ordinal);
        });

    private sealed class Culture : IDisposable
    {
        private readonly System.Globalization.CultureInfo _before = System.Globalization.CultureInfo.CurrentUICulture;

        public Culture(string name) => System.Globalization.CultureInfo.CurrentUICulture = new(name);

        public void Dispose() => System.Globalization.CultureInfo.CurrentUICulture = _before;
    }

    [Theory]
    [InlineData("我的图片 1.PNG", "我的图片-1.png")]
    [InlineData(@"C:\temp\..\a b.jpg", "a-b.jpg")]
    [InlineData("...svg", "file.svg")]
    public void Uploaded_names_become_safe_and_stay_readable(string given, string expected) => Assert.Equal(expected, MediaPath.NameFor(given));
}
