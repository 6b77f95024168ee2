using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

[Collection("mall")]
public sealed class KeyImportPagesTests(MallFixture mall)
{
    [Fact]
    public async Task A_pasted_text_with_bad_lines_is_imported_without_them_and_they_are_reported_by_number()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        var (status, text) = await admin.ImportAsync(pool, "AAA-1\nAAA-2\nAAA-1\n\nBAD\u0001KEY\n" + new string('x', 9000) + "\nAAA-3\n");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("3 文件中前面已有 5 含有非 UTF-8 文本的字符 6 太长", text);
        Assert.Contains("3 个卡密", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "2 有 3 列，而首行列名有 2 个 3 key 列为空，没有卡密 4 引号（\"）没有成对；内容里的引号要写成两个（\"\"）")]
    [InlineData("en", "2 has columns: 3; the first line names: 2 3 has nothing in the column “key” 4 opens a quote (\") and doesn't close it; a quote within a value is written twice (\"\")")]
    public async Task A_table_with_bad_lines_says_of_each_what_is_wrong_with_it_and_what_is_expected(string language, string told)
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        await admin.GetAsync("/Admin/KeyPools/Index?culture=" + language);
        var (status, text) = await admin.ImportAsync(pool, "key,label\nA-1,x,y\n,x\n\"A-2,x\nA-3,x\n", "keys.csv");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_import_of_the_same_keys_adds_none()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        await admin.ImportAsync(pool, "B-1\nB-2\n");
        var (_, text) = await admin.ImportAsync(pool, "B-1\nB-2\n", "again.txt");
        Assert.Contains("重复 2 行", text, StringComparison.Ordinal);
        Assert.Contains("0 个卡密", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong.csv", "name,label\na,b\n", "第 1 行")]
    [InlineData("virus.exe", "MZ", "既不是 .txt 也不是 .csv")]
    [InlineData("empty.txt", "", "请先选择文件")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_reason_and_nothing_is_imported(string file, string content, string reason)
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        var (status, text) = await admin.ImportAsync(pool, content, file);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains("没有卡密", ShopAdmin.TextOf(await admin.GetAsync($"/Admin/KeyPools/Details/{pool}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_import_runs_it_is_said_so_and_a_recall_asks_first()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        await admin.ImportAsync(pool, "C-1\nC-2\n");
        Assert.Contains("召回这次导入的 2 条卡密？未售出的卡密将永久下架。", System.Net.WebUtility.HtmlDecode(await admin.GetAsync($"/Admin/KeyPools/Details/{pool}")), StringComparison.Ordinal);

        // as another process would have it; alive for long
        Execute($"insert into key_batch (tenant, pool_id, state, source, created_at, alive_at) values ('GameCards', {pool}, 'Staging', 'elsewhere', 1, {DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds()})");
        var (status, text) = await admin.ImportAsync(pool, "C-3\n");
        Execute($"delete from key_batch where pool_id = {pool} and source = 'elsewhere'");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("该卡密库正在进行另一次导入", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Another import", text, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task An_upload_without_a_genuine_token_is_refused_and_imports_nothing()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("pool"));
        var (status, _) = await admin.ImportAsync(pool, "FORGED-1\n", token: "forged");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("没有卡密", ShopAdmin.TextOf(await admin.GetAsync($"/Admin/KeyPools/Details/{pool}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Admin/KeyPools/Index")]
    [InlineData("/Admin/KeyPools/Details/1")]
    [InlineData("/Admin/KeyPools/Create")]
    public async Task Strangers_do_not_see_key_pools(string path)
    {
        using var client = mall.Server.NewClient(followRedirects: false);
        using var response = await client.GetAsync($"/{LinkShopServer.Mall}{path}");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("卡密库", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
