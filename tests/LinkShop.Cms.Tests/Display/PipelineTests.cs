using System.Net;
using LinkShop.Cms.Display.Pipeline;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Settings;
using YesSql;

namespace LinkShop.Cms.Tests.Display;

public sealed class PipelineTests(DisplayHost host) : IClassFixture<DisplayHost>
{
    private const string Module = "/LinkShop.Samples.Module/Home/";

    [Fact]
    public async Task Every_page_forbids_foreign_and_inline_scripts()
    {
        foreach (var path in new[] { Module + "Index", Module + "Throw", "/nowhere" })
        {
            var (_, _, response) = await host.SendAsync(path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'self'", policy);
            Assert.Contains("frame-ancestors", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(response.Headers.Contains("Referrer-Policy"));
        }
    }

    [Fact]
    public async Task Cached_pages_are_kept_apart_by_tenant_and_language()
    {
        var english = await host.GetAsync(Module + "Cached", "en");
        Assert.StartsWith("Default|en|", english);
        Assert.Equal(english, await host.GetAsync(Module + "Cached", "en"));
        Assert.StartsWith("Default|zh-CN|", await host.GetAsync(Module + "Cached", "zh-CN"));
        Assert.StartsWith("one|en|", await host.GetAsync("/one" + Module + "Cached", "en"));
        Assert.Equal(english, await host.GetAsync(Module + "Cached", "en"));
    }

    [Fact]
    public async Task People_who_are_signed_in_never_meet_the_cache()
    {
        var cached = await host.GetAsync(Module + "Cached?signed", "en");
        var (_, mine, _) = await host.SendAsync(Module + "Cached?signed", "en", "orchauth_Default=x");
        Assert.NotEqual(cached, mine);
        Assert.Equal(cached, await host.GetAsync(Module + "Cached?signed", "en"));
    }

    [Fact]
    public async Task A_page_that_sets_a_cookie_is_not_kept() =>
        Assert.NotEqual(await host.GetAsync(Module + "CachedWithCookie"), await host.GetAsync(Module + "CachedWithCookie"));

    [Fact]
    public async Task A_tenants_pages_are_dropped_by_its_tag_or_a_change_of_its_data()
    {
        var first = await host.GetAsync("/one" + Module + "Cached?drop", "en");
        var other = await host.GetAsync(Module + "Cached?drop", "en");
        await host.InTenantAsync("one", async services => await services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(TenantCachePolicy.TagOf("one"), default));
        var second = await host.GetAsync("/one" + Module + "Cached?drop", "en");
        Assert.NotEqual(first, second);
        Assert.Equal(other, await host.GetAsync(Module + "Cached?drop", "en"));
        await host.InTenantAsync("one", async services =>
        {
            var sites = services.GetRequiredService<ISiteService>();
            var site = await sites.LoadSiteSettingsAsync();
            site.SiteName = "changed";
            await sites.UpdateSiteSettingsAsync(site);
        });
        Assert.NotEqual(second, await host.GetAsync("/one" + Module + "Cached?drop", "en"));
    }

    [Fact]
    public async Task A_missing_page_is_explained_in_the_readers_language_inside_the_layout()
    {
        var (status, html, _) = await host.SendAsync("/nowhere", "en");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("find this page", html);
        Assert.Contains("data-theme=\"sample\"", html);
        Assert.Contains("href=\"/\"", html);
        var (_, chinese, _) = await host.SendAsync("/one/nowhere", "zh-CN");
        Assert.Contains("找不到这个页面", chinese);
        Assert.Contains("href=\"/one/\"", chinese);
    }

    [Fact]
    public async Task A_failed_request_leaves_nothing_behind()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.SendAsync("/one" + Module + "SaveAndThrow")).Status);
        // An answer may arrive before its scope ends; by the time another item is stored, that scope has ended.
        await host.InTenantAsync("one", async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            await contents.CreateAsync(await contents.NewAsync("Other"), VersionOptions.Published);
        });
        var count = -1;
        await host.InTenantAsync("one", async services => count = await services.GetRequiredService<YesSql.ISession>()
            .Query<ContentItem, ContentItemIndex>(index => index.ContentType == "Other").CountAsync());
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task A_module_can_limit_the_rate_of_its_endpoints()
    {
        Assert.Equal("once", await host.GetAsync("/limited"));
        var (status, body, _) = await host.SendAsync("/limited", "en");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("Wait a minute", body);
    }

    [Fact]
    public async Task A_failure_is_admitted_without_details()
    {
        var (status, html, response) = await host.SendAsync(Module + "Throw", "en");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("our side", html);
        Assert.DoesNotContain("broken on purpose", html);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData(Module + "Unstorable")]
    [InlineData(Module + "Index?name=a%00b")]
    public async Task A_text_that_no_database_can_store_is_the_requests_fault(string path)
    {
        var (status, html, _) = await host.SendAsync(path, "en");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain("our side", html);
    }

    [Theory]
    [InlineData("/api/nowhere")]
    public async Task Programs_get_problem_details(string path)
    {
        var (status, body, response) = await host.SendAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"status\":404", body);
    }

    [Fact]
    public async Task A_form_needs_the_token_of_its_own_tenant()
    {
        var (_, form, response) = await host.SendAsync(Module + "Token");
        var token = System.Text.RegularExpressions.Regex.Match(form, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.Contains("antiforgery", StringComparison.OrdinalIgnoreCase)).Split(';')[0];
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Module, null, cookie)).Status);
        Assert.Equal("done", (await PostAsync(Module, token, cookie)).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/one" + Module, token, cookie.Replace("Default=", "one=", StringComparison.Ordinal))).Status);

        Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> PostAsync(string module, string? value, string cookies) => host.SendAsync(
            module + "Guarded", cookie: cookies, method: HttpMethod.Post,
            content: new FormUrlEncodedContent(value is null ? [] : new Dictionary<string, string> { ["__RequestVerificationToken"] = value }));
    }
}
