using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>An operator of the platform who opens shops with the admin's form.</summary>
internal sealed partial class ShopOpener : IDisposable
{
    private static readonly Uri _create = new("/Admin/Shops/Create", UriKind.Relative);
    private readonly HttpClient _client;
    private readonly string _token;

    private ShopOpener(HttpClient client, string token) => (_client, _token) = (client, token);

    public static async Task<ShopOpener> SignInAsync(LinkShopServer server)
    {
        // the page of the shop that was opened isn't part of opening it
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        using var signIn = await PostAsync(client, new("/Login", UriKind.Relative), await TokenAsync(client, new("/Login", UriKind.Relative)), new()
        {
            ["UserName"] = LinkShopServer.AdminUser,
            ["Password"] = LinkShopServer.AdminPassword,
        });
        if (signIn.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"The administrator could not sign in: {signIn.StatusCode}");
        // without the cookie that keeps messages for a next page: nobody opens one here, so they would pile up
        var token = await TokenAsync(client, _create);
        var kept = string.Join("; ", cookies.GetCookies(server.Address).Select(c => $"{c.Name}={c.Value}"));
        client.Dispose();
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Cookie", kept);
        return new(client, token);
    }

    public async Task OpenAsync(IEnumerable<int> numbers, int clients)
    {
        var waiting = new ConcurrentQueue<int>(numbers);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var number))
                await OpenAsync(number);
        })));
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) => PostAsync(_client, new Uri(path, UriKind.Relative), _token, form);

    public void Dispose() => _client.Dispose();

    private async Task OpenAsync(int number)
    {
        using var answer = await PostAsync(_client, _create, _token, new()
        {
            ["Slug"] = ShopsBench.Slug(number),
            ["Title"] = string.Create(CultureInfo.InvariantCulture, $"小店 {number}"),
            ["Category"] = "gamecards",
            ["Preset"] = "sky",
            ["Owner"] = LinkShopServer.AdminUser,
        });
        // to the shop, and not to the sign-in
        if (answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location?.OriginalString.Contains("/Shops/Detail/", StringComparison.OrdinalIgnoreCase) != true)
            throw new InvalidOperationException($"Shop {number} was not opened: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Uri address, string token, Dictionary<string, string> form)
    {
        form["__RequestVerificationToken"] = token;
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync(address, content);
    }

    private static async Task<string> TokenAsync(HttpClient client, Uri page) => Token().Match(await client.GetStringAsync(page)).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
