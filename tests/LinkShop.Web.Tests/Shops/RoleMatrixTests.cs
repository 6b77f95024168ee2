namespace LinkShop.Web.Tests.Shops;

/// <summary>Every form of a shop's admin × a role of its staff, sent with a good token: so that it is the permission which refuses, and not the form.</summary>
public abstract class RoleMatrixTests(ShopRoutes shops)
{
    // the platform's notices are put away by everybody who works here
    private static readonly string[] s_staff = ["/Admin/Announcements/"];

    private static readonly string[] s_service = [.. s_staff, "/Admin/Messages/", "/Admin/QuickReplies/"];

    private static readonly string[] s_manager =
    [
        .. s_service, "/Admin/Contents/", "/Admin/Media", "/Admin/KeyPools/", "/Admin/Orders/", "/Admin/Refunds/", "/Admin/Coupons/", "/Admin/Resale/Goods/", "/Admin/Resale/Offers/", "/Admin/ShopDesk/", "/Admin/ShopDomains/",
        "/Admin/Pages/", "/Admin/Products",
    ];

    [Fact]
    public Task Finance_changes_nothing_but_what_it_is_paid() => ProveAsync("Finance", [.. s_staff, "/Admin/Finance/", "/Admin/Payouts/", "/Admin/Payees/Edit"]);

    [Fact]
    public Task Customer_service_answers_buyers_and_changes_nothing_else() => ProveAsync("CustomerService", s_service, "/Admin/Messages/Answer/x1");

    [Fact]
    public Task A_manager_runs_the_shop_and_changes_neither_people_nor_what_is_the_platforms() => ProveAsync("Manager", s_manager, "/Admin/Messages/Answer/x1");

    private async Task ProveAsync(string role, string[] may, string? proof = null)
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var name = "role-" + role.ToLowerInvariant();
        await using var staff = await shops.StaffAsync("ann", name, role);
        var (cookies, token) = await shops.TokenAsync("/ann", await shops.SignInAsync("/ann", name));
        var (wrong, refused) = (new List<string>(), 0);
        foreach (var route in shops.Routes.Where(r => r.Method != "GET" && !r.IsPage && r.Path.StartsWith("/Admin/", StringComparison.OrdinalIgnoreCase) && !Array.Exists(may, path => r.Path.StartsWith(path, StringComparison.OrdinalIgnoreCase))))
        {
            var status = await SendAsync(route.Method, route.Path, cookies, token);
            if (status == 403)
                refused++;
            else if (status is not (404 or 405))
                wrong.Add($"{route.Method} {route.Path}: {status}");
        }

        Assert.True(wrong.Count == 0, $"{role}:\n{string.Join('\n', wrong)}");
        Assert.True(refused > 20, $"{refused} were refused");
        // the token is good: what the role may do is refused for another reason, if at all
        if (proof is not null)
            Assert.DoesNotContain(await SendAsync("POST", proof, cookies, token), (int[])[400, 403]);
    }

    private async Task<int> SendAsync(string method, string path, string cookies, string token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost/ann" + path)) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Cookie", cookies);
        using var client = shops.CreateClient();
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteRoleMatrixTests(ShopRoutes shops) : RoleMatrixTests(shops), IClassFixture<ShopRoutes>;

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresRoleMatrixTests(PostgresShopRoutes shops) : RoleMatrixTests(shops);
