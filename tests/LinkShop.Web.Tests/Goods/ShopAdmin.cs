using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Goods;

/// <summary>Somebody signed in to a mall's admin, working its forms as a browser without script does.</summary>
internal sealed partial class ShopAdmin(HttpClient client, string mall) : IDisposable
{
    public static async Task<ShopAdmin> SignInAsync(LinkShopServer server, string mall = LinkShopServer.Mall, string user = LinkShopServer.AdminUser)
    {
        var admin = new ShopAdmin(server.NewClient(), mall);
        var form = FieldsOf(await admin.GetAsync("/Login"));
        form[form.Keys.First(name => name.Contains("UserName", StringComparison.OrdinalIgnoreCase))] = user;
        form[form.Keys.First(name => name.Contains("Password", StringComparison.OrdinalIgnoreCase))] = LinkShopServer.AdminPassword;
        using var response = await admin.PostAsync("/Login", form);
        response.EnsureSuccessStatusCode();
        return admin;
    }

    public HttpClient Client => client;

    public void Dispose() => client.Dispose();

    public async Task<string> GetAsync(string path)
    {
        using var response = await client.GetAsync($"/{mall}{path}");
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string path) => client.GetAsync($"/{mall}{path}");

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await client.GetAsync($"/{mall}{path}");
        return response.StatusCode;
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        client.PostAsync($"/{mall}{path}", new FormUrlEncodedContent(fields));

    /// <summary>Sends a file, or pasted text when it has no name, to the import form of a pool.</summary>
    public async Task<(HttpStatusCode Status, string Text)> ImportAsync(long pool, string content, string? file = null, string? token = null)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(token ?? FieldsOf(await GetAsync($"/Admin/KeyPools/Details/{pool}"))["__RequestVerificationToken"]), "__RequestVerificationToken");
        var body = new StringContent(content);
        if (file is null)
            form.Add(body, "content");
        else
            form.Add(body, "content", file);
        using var response = await client.PostAsync($"/{mall}/Admin/KeyPools/{pool}/Import/Run", form);
        return (response.StatusCode, TextOf(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Makes a pool and returns its id.</summary>
    public async Task<long> CreatePoolAsync(string name)
    {
        var form = FieldsOf(await GetAsync("/Admin/KeyPools/Create"));
        form["Name"] = name;
        using var response = await PostAsync("/Admin/KeyPools/Create", form);
        return long.Parse(response.RequestMessage!.RequestUri!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The fields of a page's forms with their values, as a browser would send them; unticked boxes are left out.</summary>
    public static Dictionary<string, string> FieldsOf(string html)
    {
        var fields = new Dictionary<string, string>();
        foreach (Match tag in Inputs().Matches(html))
        {
            var name = Attribute(tag.Value, "name");
            if (name.Length == 0 || (tag.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal) && !tag.Value.Contains("checked", StringComparison.Ordinal)))
                continue;
            fields.TryAdd(name, Attribute(tag.Value, "value"));
        }

        foreach (Match area in Areas().Matches(html))
            fields.TryAdd(Attribute(area.Value, "name"), WebUtility.HtmlDecode(area.Groups[1].Value).TrimStart('\r', '\n'));
        foreach (Match select in Selects().Matches(html))
        {
            var chosen = Options().Matches(select.Groups[1].Value).FirstOrDefault(option => option.Value.Contains("selected", StringComparison.Ordinal));
            fields.TryAdd(Attribute(select.Value, "name"), chosen is null ? "" : Attribute(chosen.Value, "value"));
        }

        return fields;
    }

    public static string TextOf(string html) => WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(html, " "), " "));

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();

    [GeneratedRegex("<select[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
