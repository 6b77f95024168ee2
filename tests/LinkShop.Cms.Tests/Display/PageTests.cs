using System.Net;

namespace LinkShop.Cms.Tests.Display;

public sealed class PageTests(DisplayHost host) : IClassFixture<DisplayHost>
{
    private const string Module = "/LinkShop.Samples.Module/Home/";

    [Fact]
    public async Task A_view_is_shown_in_the_themes_layout_with_its_title()
    {
        var html = await host.GetAsync(Module + "Index", "en");
        Assert.Contains("<title>Hello</title>", html);
        Assert.Contains("<body data-theme=\"sample\">", html);
        Assert.Contains("<main><h1>module index</h1>", html);
    }

    [Fact]
    public async Task A_theme_replaces_a_modules_view() => Assert.Contains("theme whole", await host.GetAsync(Module + "Whole"));

    [Fact]
    public async Task A_view_without_layout_is_the_whole_page() => Assert.Equal("<html><body>whole</body></html>", (await host.GetAsync("/bare" + Module + "Whole")).Trim());

    [Fact]
    public async Task A_theme_replaces_a_shapes_template()
    {
        var themed = await host.GetAsync(Module + "Item");
        Assert.Contains("<p class=\"theme-footer\">theme footer 中文 &amp; note</p>", themed);
        Assert.DoesNotContain("part-footer", themed);
        Assert.Contains("<p class=\"part-footer\">footer</p>", await host.GetAsync("/bare" + Module + "Item"));
    }

    [Fact]
    public async Task Parts_are_shown_in_the_order_of_their_places_and_texts_are_encoded()
    {
        var html = await host.GetAsync("/bare" + Module + "Item");
        Assert.Contains("<h1>&lt;Title&gt;</h1>", html);
        Assert.True(html.IndexOf("module-part", StringComparison.Ordinal) < html.IndexOf("part-footer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Placement_moves_a_shape_for_one_content_type()
    {
        var html = await host.GetAsync("/bare" + Module + "Item?type=Other");
        Assert.True(html.IndexOf("part-footer", StringComparison.Ordinal) < html.IndexOf("module-part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Placement_hides_a_shape_and_the_themes_placement_wins()
    {
        var bare = await host.GetAsync("/bare" + Module + "Item?displayType=Summary");
        Assert.Contains("summary-part", bare);
        Assert.DoesNotContain("part-footer", bare);
        Assert.Contains("&lt;Title&gt;", bare);
        Assert.DoesNotContain("&lt;Title&gt;", await host.GetAsync(Module + "Item?displayType=Summary"));
    }

    [Fact]
    public async Task A_named_part_has_a_template_of_its_own()
    {
        var html = await host.GetAsync("/bare" + Module + "Item");
        Assert.Contains("module-part", html);
        Assert.Contains("named-part", html);
    }

    [Theory]
    [InlineData(false, "<b>fine</b>")]
    [InlineData(true, "<b class=\"new\">fine</b>")]
    public async Task A_shape_table_provider_adds_alternates(bool isNew, string expected) => Assert.Contains(expected, await host.GetAsync($"{Module}Badge?isNew={isNew}"));

    [Fact]
    public async Task Editors_prefix_their_fields_and_bind_only_their_own()
    {
        var form = await host.GetAsync(Module + "Edit");
        Assert.Contains("name=\"SamplePart.Note\"", form);
        Assert.Contains("name=\"Second.Note\"", form);
        var (_, body, _) = await host.SendAsync(Module + "Edit", method: HttpMethod.Post, content: new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["TitlePart.Title"] = "T",
            ["SamplePart.Note"] = "first",
            ["SamplePart.Secret"] = "stolen",
            ["Second.Note"] = "second",
            ["Note"] = "nobody's",
        }));
        Assert.Equal("T|first|kept|second", body);
    }

    [Fact]
    public async Task An_invalid_field_is_shown_again_with_its_error()
    {
        var (status, body, _) = await host.SendAsync(Module + "Edit", method: HttpMethod.Post, content: new FormUrlEncodedContent(new Dictionary<string, string> { ["Second.Note"] = "typed" }));
        Assert.True(status == HttpStatusCode.OK, string.Join('\n', host.Log.Lines));
        Assert.Contains("data-valmsg-for=\"SamplePart.Note\"", body);
        Assert.Contains("field-validation-error", body);
        Assert.Contains("value=\"typed\"", body);
    }

    [Fact]
    public async Task A_disabled_features_controllers_do_not_exist()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("/one/LinkShop.Samples.Module/Extra/Index")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("/one/extra-by-attribute")).Status);
        await host.AddTenantAsync("extra", "extra", "LinkShop.Samples.Extra");
        Assert.Equal("extra", await host.GetAsync("/extra/LinkShop.Samples.Module/Extra/Index"));
        Assert.Equal("extra", await host.GetAsync("/extra/extra-by-attribute"));
    }

    [Fact]
    public async Task The_admin_area_is_closed_to_strangers()
    {
        var (status, body, _) = await host.SendAsync("/Admin/Samples/Index");
        Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Redirect, string.Join('\n', host.Log.Lines));
        Assert.DoesNotContain("back office", body);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync("/LinkShop.Samples.Module/BackOffice/Index")).Status);
    }

    [Fact]
    public async Task Messages_survive_a_redirect_once_and_stay_with_their_tenant()
    {
        var (status, _, response) = await host.SendAsync(Module + "Notify", "en");
        Assert.Equal(HttpStatusCode.Redirect, status);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("orchnotify_", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var value = cookie[..cookie.IndexOf(';')];
        var (_, html, shown) = await host.SendAsync(Module + "Index", "en", value);
        Assert.Contains("Saved <b>&lt;it&gt;</b>.", html);
        Assert.Contains(shown.Headers.GetValues("Set-Cookie"), header => header.Contains("orchnotify_Default=;", StringComparison.Ordinal));
        var (_, other, _) = await host.SendAsync("/one" + Module + "Index", "en", value.Replace("orchnotify_Default", "orchnotify_one", StringComparison.Ordinal));
        Assert.DoesNotContain("Saved", other);
    }
}
