using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The server is killed while it opens a shop, as by a power cut.</summary>
public sealed class InterruptedOpeningTests
{
    [Fact]
    public async Task An_opening_that_a_power_cut_ended_is_repeated_into_the_same_shop()
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-opening-").FullName;
        // the shop that was interrupted is the last one this person may have
        var options = await Demo.OptionsAsync("sqlite", folder, new Dictionary<string, string> { ["LinkShop:Shops:MaxPerOwner"] = "1" });
        try
        {
            var (name, slug) = (ShopPlatforms.Word(), ShopPlatforms.Word());
            await using (var server = await LinkShopServer.StartAsync(options))
            {
                using var ann = await Person.SignUpAsync(server, name);
                var opening = ann.OpenAsync(slug, "Ann");
                while (Read(folder, $"select count(*) from shop where slug = '{slug}'") == 0)
                    Assert.False(opening.IsFaulted);
                await server.KillAsync();
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => opening);
            }

            Assert.Equal(1, Read(folder, "select count(*) from shop where state = 'Opening'"));
            await using var restarted = await LinkShopServer.StartAsync(options);
            using var again = new Person(restarted, name);
            await again.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", "Long enough 1"));
            Assert.NotEqual(HttpStatusCode.OK, (await again.GetAsync("/" + slug)).Status);
            Assert.Contains("正在开张", (await again.OpenAsync(slug, "Ann")).Text, StringComparison.Ordinal);
            Read(folder, "update shop set opening_until = 1 where state = 'Opening' returning 1");
            var form = await again.GetAsync("/open-a-shop");
            Assert.DoesNotContain("disabled", Regex.Match(form.Html, "<button[^>]*btn-lg[^>]*>").Value, StringComparison.Ordinal);
            Assert.Equal((slug, "Ann"), Goods.ShopAdmin.FieldsOf(form.Html) is var fields ? (fields["Slug"], fields["Title"]) : default);
            Assert.Contains("\"ok\":true", (await again.GetAsync("/open-a-shop/check?slug=" + slug)).Html, StringComparison.Ordinal);
            // not another one beside it
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.OpenAsync(ShopPlatforms.Word(), "Ann")).Status);
            Assert.Equal("/my-shops/Shop1", (await again.OpenAsync(slug, "Ann again")).Path);
            Assert.Contains("<h1>Ann again</h1>", (await again.GetAsync("/" + slug)).Html, StringComparison.Ordinal);
            Assert.Equal($"/{slug}/Admin", (await again.EnterAsync("Shop1")).Path);
            Assert.Equal(1, Read(folder, "select count(*) from shop where state = 'Open'"));
            Assert.Contains("disabled", Regex.Match((await again.GetAsync("/open-a-shop")).Html, "<button[^>]*btn-lg[^>]*>").Value, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Read(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
