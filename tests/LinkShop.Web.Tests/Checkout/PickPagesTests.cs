using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>Numbers to pick from (靓号), more than fit on the page.</summary>
[Collection("mall")]
public sealed class PickPagesTests(MallFixture mall)
{
    private const string Part = "VirtualGoodsPart.";

    [Fact]
    public async Task Every_number_can_be_found_and_the_picked_one_stays_picked_while_looking_further()
    {
        var sku = await SellAsync(130);
        using var buyer = mall.Server.NewClient();
        var first = await buyer.ReadAsync($"/checkout?sku={sku}&quantity=1");
        Assert.Equal(("N-000", "N-059", 60), Ends(first));
        var picked = Picks(first)["N-007"];

        var second = await AskAsync(buyer, first, sku, "price:2", picked);
        Assert.Equal(("N-007", "N-119", 61), Ends(second));
        Assert.Matches($"value=\"{picked}\"[^>]*checked", second);
        var third = await AskAsync(buyer, second, sku, "price:3", null);
        Assert.Equal(("N-120", "N-129", 10), Ends(third));
        Assert.DoesNotContain("price:4", third, StringComparison.Ordinal);

        var found = await AskAsync(buyer, third, sku, "price:1", null, "-12");
        Assert.Equal(("N-120", "N-129", 10), Ends(found));
        var none = await AskAsync(buyer, found, sku, "price:1", null, "nothing like it");
        Assert.Contains("没有符合的号码", none, StringComparison.Ordinal);
        // the price of another quantity doesn't lead back to the first page
        var page = await AskAsync(buyer, second, sku, "price", null);
        Assert.Equal(("N-060", "N-119", 60), Ends(page));

        var (status, placed) = await buyer.PostAsync("/checkout?sku=" + sku, second, Form(second, sku, null, picked, ""));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("· N-007 ×1", placed, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored($"select count(*) from order_lines where sku_id = '{sku}' and picked_key = {picked}"));
    }

    private static (string First, string Last, int Count) Ends(string html)
    {
        var labels = Picks(html).Keys.Order(StringComparer.Ordinal).ToList();
        return (labels[0], labels[^1], labels.Count);
    }

    private static Dictionary<string, string> Picks(string html) => Regex.Matches(html, "name=\"Pick\"[^>]*value=\"(\\d+)\"[^>]*>\\s*<label[^>]*><span[^>]*>(N-\\d+)<")
        .ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);

    private static async Task<string> AskAsync(HttpClient buyer, string page, string sku, string act, string? pick, string? search = null)
    {
        var (status, html) = await buyer.PostAsync("/checkout?sku=" + sku, page, Form(page, sku, act, pick, search));
        Assert.Equal(HttpStatusCode.OK, status);
        return html;
    }

    private static (string, string)[] Form(string page, string sku, string? act, string? pick, string? search)
    {
        List<(string, string)> form =
        [
            ("Sku", sku), ("Quantity", "1"), ("Pick", pick ?? ""), ("PickSearch", search ?? ""), ("PickPage", MallFixture.Hidden(page, "PickPage")), ("Contact", MallFixture.Unique("picks") + "@test.example"), ("LookupPassword", "a password"),
            ("Key", MallFixture.Hidden(page, "Key")), ("ExpectedTotal", MallFixture.Hidden(page, "ExpectedTotal")), ("Provider", "sandbox"),
        ];
        if (act is not null)
            form.Add(("act", act));
        return [.. form];
    }

    private async Task<string> SellAsync(int numbers)
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("numbers"));
        await admin.ImportAsync(pool, "key,label\n" + string.Concat(Enumerable.Range(0, numbers).Select(i => $"K-{pool}-{i},N-{i:D3}\n")), "numbers.csv");
        var sku = "PICK-" + Guid.NewGuid().ToString("n")[..8];
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/Contents/ContentTypes/Product/Create"));
        form["TitlePart.Title"] = sku;
        form[Part + "Skus[0].Id"] = sku;
        form[Part + "Skus[0].Price"] = "10.00";
        form[Part + "Skus[0].Delivery"] = "CardKey";
        form[Part + "Skus[0].PoolId"] = pool.ToString(CultureInfo.InvariantCulture);
        form[Part + "Skus[0].PickSurcharge"] = "1.00";
        form["submit.Publish"] = "submit.Publish";
        using var made = await admin.PostAsync("/Admin/Contents/ContentTypes/Product/Create", form);
        made.EnsureSuccessStatusCode();
        return sku;
    }
}
