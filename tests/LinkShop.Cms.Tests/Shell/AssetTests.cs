using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Tests.Shell;

public sealed class AssetTests : IAsyncLifetime
{
    private const string Path = "/games/LinkShop.Cms.Tests/css/site.css";
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        await _host.AddTenantAsync("Default", null, "Tests.Echo");
        await _host.AddTenantAsync("Games", "games", "Tests.Echo");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_modules_file_is_served_compressed_tagged_and_cached_when_versioned()
    {
        using var plain = await SendAsync(Path);
        var text = await plain.Content.ReadAsStringAsync();
        Assert.Contains(".a59", text, StringComparison.Ordinal);
        Assert.Equal("text/css", plain.Content.Headers.ContentType?.MediaType);
        Assert.True(plain.Headers.CacheControl?.MaxAge < TimeSpan.FromHours(1));
        using var versioned = await SendAsync(Path + "?v=1", ("Accept-Encoding", "gzip"));
        Assert.True(versioned.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300));
        await using var packed = new GZipStream(await versioned.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        Assert.Equal(text, await reader.ReadToEndAsync());
        using var again = await SendAsync(Path, ("If-None-Match", plain.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/LinkShop.Cms.Tests/../LinkShop.Cms.Tests/css/site.css", HttpStatusCode.OK)]
    [InlineData("/LinkShop.Cms.Tests/Localization/zh-CN.po", HttpStatusCode.NotFound)]
    [InlineData("/LinkShop.Cms.Tests/..%2FLocalization/zh-CN.po", HttpStatusCode.NotFound)]
    [InlineData("/LinkShop.Cms.Tests/css", HttpStatusCode.NotFound)]
    public async Task Only_files_of_wwwroot_can_be_reached(string path, HttpStatusCode status) => Assert.Equal(status, await _host.StatusAsync(path));

    [Theory]
    [InlineData("/greeting", "zh-CN,zh;q=0.9,en;q=0.8", "你好")]
    [InlineData("/greeting", "en-US,en;q=0.9,zh;q=0.1", "Hello")]
    [InlineData("/greeting", "fr", "你好")]
    [InlineData("/greeting", "", "你好")]
    [InlineData("/greeting?culture=en", "zh", "Hello")]
    [InlineData("/games/greeting?culture=zh-CN", "en", "你好")]
    [InlineData("/greeting?culture=xx", "en", "Hello")]
    public async Task A_visitor_is_answered_in_the_language_asked_for(string path, string languages, string greeting)
    {
        using var response = await SendAsync(path, ("Accept-Language", languages));
        Assert.Equal(greeting, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_language_chosen_once_is_kept_in_a_cookie_of_the_tenant()
    {
        using var chosen = await SendAsync("/games/greeting?culture=en");
        var cookie = Assert.Single(chosen.Headers.GetValues("Set-Cookie"));
        Assert.Contains("path=/games", cookie, StringComparison.Ordinal);
        using var later = await SendAsync("/games/greeting", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal("Hello", await later.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_modules_recipe_is_found()
    {
        var recipe = Assert.Single(await _host.Services.GetRequiredService<IRecipeHarvester>().HarvestRecipesAsync());
        Assert.Equal(("OfModule", "Of a module", true), (recipe.Name, recipe.DisplayName, recipe.IsSetupRecipe));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _host.Client.SendAsync(request);
    }
}
