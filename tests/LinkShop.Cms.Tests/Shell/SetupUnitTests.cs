using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using LinkShop.Cms.Shell.Database;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Abstractions.Setup;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Services;
using YesSql;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>A new tenant's set-up is one unit of work.</summary>
public sealed partial class SetupUnitTests
{
    private const string Steps = """
        { "name": "feature", "enable": ["OrchardCore.Contents", "OrchardCore.ContentTypes", "OrchardCore.Title", "OrchardCore.Autoroute", "OrchardCore.Settings", "OrchardCore.Roles", "OrchardCore.Users"] },
        { "name": "settings", "Note": { "Text": "kept" } },
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Note", "DisplayName": "Note", "ContentTypePartDefinitionRecords": [
            { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} } ] } ] },
        { "name": "roles", "Roles": [ { "Name": "Owner", "Description": "Owns it.", "Permissions": ["AccessAdminPanel"] } ] },
        { "name": "users", "Users": [ { "UserId": "u1", "UserName": "ann", "Email": "ann@example.org", "RoleNames": ["Owner"] } ] },
        { "name": "content", "data": [
            { "ContentItemId": "note-1", "ContentType": "Note", "DisplayText": "One", "Published": true, "Latest": true, "TitlePart": { "Title": "One" }, "AutoroutePart": { "Path": "one" } },
            { "ContentItemId": "note-2", "ContentType": "Note", "DisplayText": "Two", "Published": true, "Latest": true, "TitlePart": { "Title": "Two" }, "AutoroutePart": { "Path": "one-b" } } ] }
        """;

    private const string Look = """, { "name": "look" }""";
    private static readonly AsyncLocal<List<string>?> s_seen = new();

    public static TheoryData<string> Databases => PostgresCluster.WhyNot is null ? ["sqlite", "postgres"] : ["sqlite"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task It_stores_nothing_before_its_end_and_then_the_same_rows_as_one_that_stores_step_by_step(string kind)
    {
        await using var host = await StartAsync(kind, Steps + Look);
        // the first tenant of all makes the tables, and for that stores what it has
        Assert.NotEqual("0 0", Assert.Single(await SetUpAsync(host, "First")));
        Assert.Equal("0 0", Assert.Single(await SetUpAsync(host, "Unit")));
        // one that is known already may have rows
        await host.Host.UpdateShellSettingsAsync(Settings("Steps").AsUninitialized());
        Assert.StartsWith("1 ", Assert.Single(await SetUpAsync(host, "Steps")), StringComparison.Ordinal);
        var (unit, steps) = (await DumpAsync(host, "Unit"), await DumpAsync(host, "Steps"));
        Assert.Contains(unit, row => row.StartsWith("AutoroutePartIndex:", StringComparison.Ordinal));
        Assert.Contains(unit, row => row.StartsWith("ChangeStamp:", StringComparison.Ordinal));
        Assert.Equal(steps, unit);
        Assert.Equal(TenantState.Running, host.Host.GetSettings("Unit").State);
        await host.InTenantAsync("Unit", async services =>
        {
            var found = await services.GetRequiredService<YesSql.ISession>().Query<ContentItem, ContentItemIndex>(x => x.Published).ListAsync();
            Assert.Equal(["One", "Two"], found.Select(item => item.DisplayText).Order());
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_step_that_asks_for_what_earlier_steps_stored_finds_it(string kind)
    {
        await using var host = await StartAsync(kind, Steps + """, { "name": "query" }""" + Look);
        await SetUpAsync(host, "First");
        var seen = await SetUpAsync(host, "Unit");
        // and from there on each step stores for itself
        Assert.Equal("Two", seen[0]);
        Assert.StartsWith("1 ", seen[1], StringComparison.Ordinal);
        await host.Host.UpdateShellSettingsAsync(Settings("Steps").AsUninitialized());
        await SetUpAsync(host, "Steps");
        Assert.Equal(await DumpAsync(host, "Steps"), await DumpAsync(host, "Unit"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task One_that_fails_stores_nothing_and_can_be_had_again(string kind)
    {
        await using var host = await StartAsync(kind, Steps + """, { "name": "break" }""" + Look);
        await SetUpAsync(host, "First", broken: true);
        Assert.Contains("the power went out", Assert.Single(await SetUpAsync(host, "Unit", broken: true)), StringComparison.Ordinal);
        Assert.Empty(await DumpAsync(host, "Unit"));
        Assert.Equal(TenantState.Uninitialized, host.Host.GetSettings("Unit").State);
        Assert.StartsWith("1 ", Assert.Single(await SetUpAsync(host, "Unit")), StringComparison.Ordinal);
        Assert.NotEmpty(await DumpAsync(host, "Unit"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task One_under_a_name_that_left_rows_behind_takes_them_up_step_by_step(string kind)
    {
        await using var host = await StartAsync(kind, Steps + Look);
        await SetUpAsync(host, "First");
        await SetUpAsync(host, "Unit");
        var before = await DumpAsync(host, "Unit");
        await host.Host.RemoveShellSettingsAsync(host.Host.GetSettings("Unit"));
        Assert.StartsWith("1 ", Assert.Single(await SetUpAsync(host, "Unit")), StringComparison.Ordinal);
        Assert.Equal(before.Count(row => row.StartsWith("ContentItemIndex:", StringComparison.Ordinal)), (await DumpAsync(host, "Unit")).Count(row => row.StartsWith("ContentItemIndex:", StringComparison.Ordinal)));
        Assert.Equal(TenantState.Running, host.Host.GetSettings("Unit").State);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_at_once_keep_apart(string kind)
    {
        await using var host = await StartAsync(kind, Steps + Look);
        await SetUpAsync(host, "First");
        var names = Enumerable.Range(1, 12).Select(number => $"Shop{number}").ToArray();
        await Task.WhenAll(names.Select(name => Task.Run(() => SetUpAsync(host, name))));
        var first = await DumpAsync(host, "Shop1");
        Assert.NotEmpty(first);
        foreach (var name in names)
            Assert.Equal(first, await DumpAsync(host, name));
        // and whoever looks for changes of other processes meanwhile or afterwards keeps all of them
        await host.Host.RefreshAllAsync(everything: true);
        Assert.All(names, name => Assert.Equal(TenantState.Running, host.Host.GetSettings(name).State));
    }

    private static async Task<List<string>> SetUpAsync(TestHost host, string tenant, bool broken = false)
    {
        var seen = new List<string>();
        s_seen.Value = seen;
        var context = new SetupContext
        {
            ShellSettings = host.Host.TryGetSettings(tenant, out var known) ? known : Settings(tenant).AsUninitialized(),
            Recipe = (await host.Services.GetRequiredService<IRecipeHarvester>().HarvestRecipesAsync()).Single(recipe => recipe.Name == "Unit"),
            Properties = new Dictionary<string, object> { [SetupConstants.SiteName] = "Site", [SetupConstants.SiteTimeZone] = "Asia/Shanghai", ["Broken"] = broken.ToString() },
        };
        await host.InTenantAsync("Default", services => services.GetRequiredService<ISetupService>().SetupAsync(context));
        seen.AddRange(context.Errors.Values);
        return seen;
    }

    private static ShellSettings Settings(string tenant) => new() { Name = tenant, RequestUrlPrefix = tenant.ToLowerInvariant() };

    private static async Task<TestHost> StartAsync(string kind, string steps)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-unit-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        await File.WriteAllTextAsync(Path.Combine(folder, "recipes", "unit.recipe.json"), $$"""{ "name": "Unit", "issetuprecipe": true, "steps": [ {{steps}} ] }""");
        var postgres = kind == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        var host = await TestHost.StartAsync(folder, postgres: postgres, whole: true, configure: cms => cms.ConfigureServices(services =>
        {
            services.AddRecipeExecutionStep<LookStep>();
            services.AddRecipeExecutionStep<QueryStep>();
            services.AddRecipeExecutionStep<BreakStep>();
        }));
        await host.AddTenantAsync("Default", null);
        return host;
    }

    /// <summary>All rows of a tenant, without what differs from one set-up to the next: identifiers and times.</summary>
    private static async Task<List<string>> DumpAsync(TestHost host, string tenant)
    {
        var database = host.Services.GetRequiredService<ICmsDatabase>();
        await using var connection = await database.OpenAsync();
        var tables = await connection.QueryAsync<string>(database.Provider == CmsDatabaseProvider.Sqlite
            ? "select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'Tenant' order by m.name"
            : "select table_name from information_schema.columns where table_schema = 'content' and column_name = 'Tenant' order by table_name");
        var rows = new List<string>();
        foreach (var table in tables)
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"select * from \"{table}\" where \"Tenant\" = @tenant", new { tenant }))
                rows.Add($"{table}: {string.Join(", ", row.Where(column => column.Key is not ("Id" or "DocumentId" or "IndexId" or "Tenant")).Select(column => $"{column.Key}={Plain(column.Value, tenant)}"))}");
        foreach (IDictionary<string, object?> row in await connection.QueryAsync("select state, features, installed from shell where name = @tenant and state = 'Running'", new { tenant }))
            rows.Add("shell: " + string.Join(", ", row.Values));
        // the counts outlive the documents
        return rows.All(row => row.StartsWith("ChangeStamp:", StringComparison.Ordinal)) ? [] : [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string Plain(object? value, string tenant) =>
        Changing().Replace(value is DateTime ? "(a time)" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "(none)", "*").Replace(tenant.ToLowerInvariant(), "(prefix)", StringComparison.OrdinalIgnoreCase);

    // times; identifiers, stamps
    // ids first: now and then one begins with fifteen digits
    [GeneratedRegex(@"\b[0-9a-zA-Z]{24,}\b|\d{15,}|\d{4}-\d\d-\d\d[T ][0-9:.]+Z?|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Changing();

    /// <summary>Sees what the database has of the tenant.</summary>
    private sealed class LookStep(ShellSettings settings, ICmsDatabase database) : NamedRecipeStepHandler("look")
    {
        protected override async Task HandleAsync(RecipeExecutionContext context)
        {
            await using var connection = await database.OpenAsync();
            s_seen.Value!.Add($"{await CountAsync(connection, "shell where name")} {await CountAsync(connection, "\"Document\" where \"Tenant\"")}");
        }

        private Task<long> CountAsync(DbConnection connection, string what) => connection.ExecuteScalarAsync<long>($"select count(*) from {what} = @Name", new { settings.Name });
    }

    private sealed class QueryStep(YesSql.ISession session) : NamedRecipeStepHandler("query")
    {
        protected override async Task HandleAsync(RecipeExecutionContext context) =>
            s_seen.Value!.Add((await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == "note-2").FirstOrDefaultAsync())?.DisplayText ?? "nothing");
    }

    private sealed class BreakStep : NamedRecipeStepHandler
    {
        public BreakStep()
            : base("break")
        {
        }

        protected override Task HandleAsync(RecipeExecutionContext context) =>
            ((IDictionary<string, object>)context.Environment!)["Broken"].Equals("True") ? throw new InvalidOperationException("the power went out") : Task.CompletedTask;
    }
}
