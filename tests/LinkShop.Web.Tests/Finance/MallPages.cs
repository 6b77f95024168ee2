using System.Globalization;
using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Pages and forms of a mall as a browser has them, and what its database says.</summary>
internal static class MallPages
{
    public static Uri At(string path, string tenant = LinkShopServer.Mall) => new($"/{tenant}{path}", UriKind.Relative);

    /// <summary>A page as people read it.</summary>
    public static async Task<string> ReadAsync(this HttpClient client, string path, string tenant = LinkShopServer.Mall) => WebUtility.HtmlDecode(await client.GetStringAsync(At(path, tenant)));

    public static Task<(HttpStatusCode Status, string Html)> PostAsync(this HttpClient client, string path, string page, params (string Name, string Value)[] fields) =>
        PostAsync(client, path, page, LinkShopServer.Mall, fields);

    /// <summary>Sends a form with the token of a page.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> PostAsync(this HttpClient client, string path, string page, string tenant, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken")));
        using var content = new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await client.PostAsync(At(path, tenant), content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>A new user of the mall with a role, signed in.</summary>
    public static async Task<(HttpClient Client, string Name)> UserAsync(this MallFixture mall, HttpClient admin, string role)
    {
        var name = "user" + Guid.NewGuid().ToString("n")[..8];
        await admin.PostAsync(
            "/Admin/Users/Create", await admin.ReadAsync("/Admin/Users/Create"),
            ("UserName", name), ("Email", name + "@test.example"), ("Password", "Long enough 1"), ("PasswordConfirmation", "Long enough 1"), ("IsEnabled", "true"), ("RoleNames", role));
        var client = mall.Server.NewClient();
        await client.PostAsync("/Login", await client.ReadAsync("/Login"), ("UserName", name), ("Password", "Long enough 1"));
        return (client, name);
    }

    /// <summary>A number out of the commerce database.</summary>
    public static long Stored(this MallFixture mall, string sql) => Convert.ToInt64(mall.Text(sql), CultureInfo.InvariantCulture);

    /// <summary>A text out of the commerce database.</summary>
    public static string Text(this MallFixture mall, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
