namespace LinkShop.Web.Tests.Shops;

/// <summary>Every form of a shop's admin × a role of its staff, sent with a good token, so that it is the permission which refuses and not the form; and every screen × a role.</summary>
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

    private static readonly string[] s_start = ["/Admin", "/Admin/Dashboard", "/Admin/LinkShop.Platform/Dashboard/"];

    private static readonly string[] s_desk =
    [
        .. s_start, "/Admin/Contents/", "/Admin/Media", "/Admin/Coupons/", "/Admin/Orders/", "/Admin/Refunds/", "/Admin/KeyPools/", "/Admin/Products", "/Admin/Resale/", "/Admin/ShopDesk/",
        "/Admin/ShopDomains/", "/Admin/Pages/", "/Admin/Customers/", "/Admin/Messages/", "/Admin/QuickReplies/",
    ];

    private static readonly string[] s_money = ["/Admin/Finance/Wallet", "/Admin/Payees/Edit", "/Admin/Payouts/"];

    // what each role opens: one screen, or with a slash all below it; who has none is a buyer
    private static readonly Dictionary<string, string[]> s_seen = new()
    {
        [""] = [],
        ["Finance"] = [.. s_start, .. s_money, "/Admin/Orders/"],
        ["CustomerService"] = [.. s_start, "/Admin/Orders/Index/x1", "/Admin/Customers/", "/Admin/Messages/", "/Admin/QuickReplies/"],
        ["Manager"] = s_desk,
        ["Owner"] = [.. s_desk, .. s_money, "/Admin/Users", "/Admin/Users/", "/Admin/Referrals/"],
    };

    [Fact]
    public Task Finance_changes_nothing_but_what_it_is_paid() => ProveAsync("Finance", [.. s_staff, "/Admin/Finance/", "/Admin/Payouts/", "/Admin/Payees/Edit"]);

    [Fact]
    public Task Customer_service_answers_buyers_and_changes_nothing_else() => ProveAsync("CustomerService", s_service, "/Admin/Messages/Answer/x1");

    [Fact]
    public Task A_manager_runs_the_shop_and_changes_neither_people_nor_what_is_the_platforms() => ProveAsync("Manager", s_manager, "/Admin/Messages/Answer/x1");

    [Theory]
    [InlineData("")]
    [InlineData("Finance")]
    [InlineData("CustomerService")]
    [InlineData("Manager")]
    [InlineData("Owner")]
    public async Task Who_has_a_role_opens_its_screens_and_files_and_no_other(string role)
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var (name, may) = ("sees-" + role.ToLowerInvariant(), s_seen[role]);
        await using var staff = await shops.StaffAsync("ann", name, role.Length == 0 ? [] : [role]);
        var cookies = await shops.SignInAsync("/ann", name);
        var (wrong, opened) = (new List<string>(), new HashSet<string>());
        foreach (var route in shops.Routes.Where(r => r.Method == "GET" && r.Path.StartsWith("/Admin", StringComparison.OrdinalIgnoreCase)))
        {
            var status = await SendAsync("GET", route.Path, cookies, null);
            if (status is 403 or 404 or 405)
                continue;
            if (Array.Find(may, path => route.Path == path || (path.EndsWith('/') && route.Path.StartsWith(path, StringComparison.OrdinalIgnoreCase))) is { } own)
                opened.Add(own);
            else
                wrong.Add($"{route.Path}: {status}");
        }

        Assert.True(wrong.Count == 0, $"{role}:\n{string.Join('\n', wrong)}");
        Assert.Equal(may.Order(StringComparer.Ordinal), opened.Order(StringComparer.Ordinal));
    }

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

    private async Task<int> SendAsync(string method, string path, string cookies, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost/ann" + path)) { Content = token is null ? null : new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
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
