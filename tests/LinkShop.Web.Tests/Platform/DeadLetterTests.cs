using System.Globalization;
using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Platform;

[Collection("mall")]
public sealed class DeadLetterTests(MallFixture mall)
{
    [Fact]
    public async Task A_dead_letter_is_listed_read_and_discarded_only_with_a_reason()
    {
        var id = Bury("OrderExpired");
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Assert.Contains($"/Admin/Outbox/Detail/{id}\">订单超时未付款</a>", WebUtility.HtmlDecode(await admin.GetStringAsync(Address("Index"))), StringComparison.Ordinal);
        var detail = await admin.GetStringAsync(Address($"Detail/{id}"));
        Assert.Contains("the mail server hung up", detail, StringComparison.Ordinal);

        await PostAsync(admin, $"Discard/{id}", detail, ("reason", " "));
        Assert.Contains($"/Admin/Outbox/Detail/{id}", await admin.GetStringAsync(Address("Index")), StringComparison.Ordinal);
        await PostAsync(admin, $"Discard/{id}", detail, ("reason", "the buyer was told by phone"));
        Assert.DoesNotContain($"/Admin/Outbox/Detail/{id}", await admin.GetStringAsync(Address("Index")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_that_is_sent_again_leaves_the_list_and_another_mall_never_sees_it()
    {
        var id = Bury("OrderExpired");
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        using var foreign = await other.GetAsync(new Uri($"/{MallFixture.OtherMall}/Admin/Outbox/Detail/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var detail = await admin.GetStringAsync(Address($"Detail/{id}"));
        await PostAsync(admin, $"Replay/{id}", detail);
        Assert.DoesNotContain($"/Admin/Outbox/Detail/{id}", await admin.GetStringAsync(Address("Index")), StringComparison.Ordinal);
    }

    // What the worker does with a message after its last attempt.
    private long Bury(string type)
    {
        var id = DateTime.UtcNow.Ticks;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "insert into outbox_dead (id, tenant, type, payload, created_at, attempts, last_error, died_at) values ($id, 'GameCards', $type, '{\"orderId\":\"x\"}', 0, 10, 'MailRefusedException: the mail server hung up', 0)";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$type", type);
        command.ExecuteNonQuery();
        return id;
    }

    private static Uri Address(string path) => new(string.Create(CultureInfo.InvariantCulture, $"/{LinkShopServer.Mall}/Admin/Outbox/{path}"), UriKind.Relative);

    private static async Task PostAsync(HttpClient admin, string path, string html, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(html, "__RequestVerificationToken")));
        using var response = await admin.PostAsync(Address(path), new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
    }
}
