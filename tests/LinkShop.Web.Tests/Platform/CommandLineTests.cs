using System.Text.Json;
using LinkShop.Testing;
using Npgsql;

namespace LinkShop.Web.Tests.Platform;

/// <summary>Commands and starts that can't do what was asked: they say why, and make nothing.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Names = ["verify", "backup", "move-shop"];

    [Theory]
    [InlineData("verfy", 2, "unknown command 'verfy'")]
    [InlineData("--frobnicate", 2, "unknown option '--frobnicate'")]
    [InlineData("verify --all", 2, "unknown option '--all' of verify")]
    [InlineData("backup --into /x", 2, "backup takes --to FOLDER")]
    [InlineData("--help", 0, "LinkShop.Web verify")]
    [InlineData("help", 0, "LinkShop.Web verify")]
    [InlineData("verify -h", 0, "LinkShop.Web verify")]
    public async Task What_is_no_command_starts_no_server_and_is_answered_with_the_commands(string command, int code, string says)
    {
        var (exit, output, made) = await RunAsync(command);
        Assert.True(exit == code && output.Contains(says, StringComparison.Ordinal), $"{exit}: {output}");
        Assert.All(Names, name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Empty(made);
    }

    [Theory]
    [InlineData("LinkShop:DataPath", null, "no_installation")]
    [InlineData("LinkShop:Outbox:BatchSize", "0", "settings")]
    public async Task Verifying_where_there_is_nothing_makes_nothing_and_tells_it_as_one_object(string key, string? value, string code)
    {
        var (exit, output, made) = await RunAsync("verify", (key, value));
        Assert.Equal(1, exit);
        var told = JsonDocument.Parse(output).RootElement;
        Assert.False(told.GetProperty("ok").GetBoolean());
        Assert.Equal(code, told.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(told.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Empty(made);
    }

    [Fact]
    public async Task Verifying_without_one_of_the_databases_makes_nothing_and_names_it()
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-").FullName;
        var options = await Demo.OptionsAsync("sqlite", Directory.CreateDirectory(Path.Combine(folder, "data")).FullName);
        await using (await LinkShopServer.StartAsync(options)) { }
        var (exit, output) = await LinkShopServer.RunCommandAsync("verify", options with { Settings = new Dictionary<string, string> { ["LinkShop:Databases:east:Folder"] = Path.Combine(folder, "east") } });
        Assert.Equal(1, exit);
        var error = JsonDocument.Parse(output).RootElement.GetProperty("error");
        Assert.Equal("database_missing", error.GetProperty("code").GetString());
        Assert.Contains("'east'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "east")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Verifying_an_empty_PostgreSQL_database_makes_nothing_in_it()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var database = await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("linkshop-").FullName;
        var (exit, output) = await LinkShopServer.RunCommandAsync("verify", new ServerOptions(folder, database));
        Assert.Equal((1, "no_installation"), (exit, JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString()));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var schemas = new NpgsqlCommand("select count(*) from information_schema.schemata where schema_name in ('commerce', 'content')", connection);
        Assert.Equal(0L, await schemas.ExecuteScalarAsync());
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("backup --to /tmp/linkshop-never")]
    [InlineData("move-shop --shop GameCards --to main")]
    public async Task A_command_where_there_is_no_installation_says_so_and_makes_nothing(string command)
    {
        var (exit, output, made) = await RunAsync(command);
        Assert.True(exit == 1 && output.StartsWith("There is no installation in ", StringComparison.Ordinal), $"{exit}: {output}");
        Assert.Empty(made);
    }

    [Theory]
    [InlineData("LinkShop:Outbox:BatchSize", "0", "LinkShop:Outbox:BatchSize: '0' — a whole number from 1 to 10000.")]
    [InlineData("LinkShop:Outbox:BatchSise", "1", "LinkShop:Outbox:BatchSise isn't a setting; did you mean LinkShop:Outbox:BatchSize?")]
    [InlineData("LinkShop:Databases:main:Folder", "/tmp/x", "LinkShop:Databases:main: a database's name")]
    [InlineData("LinkShop:DataPath", "/dev/null/data", "/dev/null")]
    public async Task A_start_that_cannot_be_is_one_line_without_a_stack(string key, string value, string says)
    {
        var (exit, output, _) = await RunAsync("--Logging:Console:DisableColors=true", (key, value));
        Assert.Equal(1, exit);
        Assert.Contains(output.Split('\n'), line => line.StartsWith("LinkShop could not start: ", StringComparison.Ordinal) && line.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_cannot_be_listened_at_is_one_line_without_a_stack()
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-").FullName;
        var options = await Demo.OptionsAsync("sqlite", folder);
        await using (var server = await LinkShopServer.StartAsync(options))
        {
            foreach (var (address, says) in new[] { (server.Address.ToString(), "Failed to bind to address"), ("nonsense", "nonsense") })
            {
                var (exit, output) = await LinkShopServer.RunCommandAsync($"--urls={address}", options);
                Assert.Equal(1, exit);
                Assert.Contains(output.Split('\n'), line => line.StartsWith("LinkShop could not start: ", StringComparison.Ordinal) && line.Contains(says, StringComparison.Ordinal));
                Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Exit, string Output, string[] Made)> RunAsync(string command, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-").FullName;
        var given = settings.Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!);
        var (exit, output) = await LinkShopServer.RunCommandAsync(command, new ServerOptions(folder, Settings: given));
        var made = Directory.GetFileSystemEntries(folder);
        Directory.Delete(folder, recursive: true);
        return (exit, output, made);
    }
}
