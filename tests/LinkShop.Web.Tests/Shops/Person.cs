using System.Net;
using System.Text;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Somebody with a browser of their own, anywhere on the platform and in its shops.</summary>
internal sealed class Person(LinkShopServer server, string name) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _following;

    private HttpClient Client => _following ??= new(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = Server.Address };

    public string Name { get; } = name;

    public string Mail => Name + "@test.example";

    public LinkShopServer Server { get; } = server;

    /// <summary>Somebody who makes an account at the platform, or in a shop.</summary>
    public static async Task<Person> SignUpAsync(LinkShopServer server, string name, string tenant = "")
    {
        var person = new Person(server, name);
        var page = await person.SubmitAsync(tenant + "/Register?returnUrl=/open-a-shop", tenant + "/Register?returnUrl=/open-a-shop",
            ("UserName", name), ("Email", person.Mail), ("Password", "Long enough 1"), ("PasswordConfirmation", "Long enough 1"));
        Assert.DoesNotContain("/Register", page.Path, StringComparison.Ordinal);
        return person;
    }

    /// <summary>The platform's administrator.</summary>
    public static async Task<Person> AdministratorAsync(LinkShopServer server)
    {
        var person = new Person(server, LinkShopServer.AdminUser);
        var page = await person.SubmitAsync("/Login", "/Login", ("UserName", LinkShopServer.AdminUser), ("Password", LinkShopServer.AdminPassword));
        Assert.Equal("/Admin", page.Path);
        return person;
    }

    /// <summary>Somebody else's browser with copies of the cookies that belong to a path or below it.</summary>
    public Person Copy(string path)
    {
        var copy = new Person(Server, Name);
        foreach (var cookie in _cookies.GetAllCookies().Where(c => c.Path.StartsWith(path, StringComparison.Ordinal)))
            copy._cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        return copy;
    }

    public async Task<Page> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Page.OfAsync(response);
    }

    /// <summary>Opens a page with a form and sends the form with some fields filled in.</summary>
    public async Task<Page> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var form = ShopAdmin.FieldsOf((await GetAsync(page)).Html);
        foreach (var (field, value) in fields)
            form[field] = value;
        return await PostAsync(action, form);
    }

    public async Task<Page> PostAsync(string action, IReadOnlyDictionary<string, string> form, string? file = null, byte[]? bytes = null, string fileName = "upload.png")
    {
        using var content = new MultipartFormDataContent();
        foreach (var (field, value) in form)
        {
            if (field != file)
                content.Add(new StringContent(value, Encoding.UTF8), field);
        }

        if (file is not null)
            content.Add(new ByteArrayContent(bytes!), file, fileName);
        using var response = await Client.PostAsync(new Uri(action, UriKind.Relative), file is null ? new FormUrlEncodedContent(form) : content);
        return await Page.OfAsync(response);
    }

    /// <summary>Opens a shop by the wizard's form.</summary>
    public Task<Page> OpenAsync(string slug, string title, params (string Name, string Value)[] more) =>
        SubmitAsync("/open-a-shop", "/open-a-shop", [("Slug", slug), ("Title", title), ("Preset", "forest"), .. more]);

    /// <summary>Opens a shop and goes into it; gives its tenant's name.</summary>
    public async Task<string> OpenAndEnterAsync(string slug, string title)
    {
        var live = await OpenAsync(slug, title);
        Assert.StartsWith("/my-shops/Shop", live.Path, StringComparison.Ordinal);
        var shop = live.Path.Split('/')[2];
        Assert.Equal($"/{slug}/Admin", (await EnterAsync(shop)).Path);
        return shop;
    }

    public Task<Page> EnterAsync(string shop) => SubmitAsync("/my-shops/" + shop, $"/my-shops/{shop}/enter");

    /// <summary>Where the answer to a form leads, without going there.</summary>
    public async Task<string> LocationAsync(string action, IReadOnlyDictionary<string, string> form)
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = Server.Address };
        using var content = new FormUrlEncodedContent(form);
        using var response = await client.PostAsync(new Uri(action, UriKind.Relative), content);
        return response.Headers.Location!.ToString();
    }

    public void Dispose() => _following?.Dispose();
}

/// <summary>An answer: where it came from in the end, and what it says.</summary>
internal sealed record Page(HttpStatusCode Status, string Path, string Html, HttpResponseMessage Response)
{
    public string Text => ShopAdmin.TextOf(Html);

    public static async Task<Page> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath, await response.Content.ReadAsStringAsync(), response);
}
