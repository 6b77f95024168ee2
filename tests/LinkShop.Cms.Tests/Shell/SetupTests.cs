using System.Net;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;
using YesSql;

namespace LinkShop.Cms.Tests.Shell;

public sealed class SetupTests
{
    private static int _failures;
    private static readonly List<string> _done = [];

    public static TheoryData<string> Databases => PostgresCluster.WhyNot is null ? ["sqlite", "postgres"] : ["sqlite"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_first_start_sets_up_what_is_configured_and_later_starts_do_not(string kind)
    {
        var folder = NewFolder();
        var postgres = kind == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        _done.Clear();
        for (var start = 0; start < 2; start++)
        {
            await using var host = await StartAsync(folder, postgres);
            Assert.Equal("Default /echo", await host.GetAsync("/echo"));
            Assert.Equal("Games /games/echo", await host.GetAsync("/games/echo"));
            Assert.Equal("true", host.Host.GetSettings("Games")["Marked"]);
        }
        Assert.Equal(["Default root Main", "Games root Main"], _done);
    }

    [Fact]
    public async Task An_interrupted_set_up_is_done_again_at_the_next_start()
    {
        var folder = NewFolder();
        _done.Clear();
        _failures = 1;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(folder, null));
        Assert.Contains("step 2 'mark'", error.Message, StringComparison.Ordinal);
        await using var host = await StartAsync(folder, null);
        Assert.Equal(TenantState.Running, host.Host.GetSettings("Default").State);
        Assert.Equal("Default /echo", await host.GetAsync("/echo"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_a_failed_set_up_had_stored_is_gone_and_the_next_one_finds_an_empty_tenant(string kind)
    {
        var folder = NewFolder();
        var postgres = kind == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        const string Half = """
            { "name": "feature", "enable": ["OrchardCore.Contents", "OrchardCore.Title", "OrchardCore.Users", "OrchardCore.Media"] },
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Note", "DisplayName": "Note", "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} } ] } ] },
            { "name": "content", "data": [ { "ContentItemId": "note-1", "ContentType": "Note", "DisplayText": "a half-made note", "Published": true, "Latest": true } ] },
            { "name": "media", "Files": [ { "TargetPath": "half.svg", "Base64": "PHN2Zy8+" } ] }
            """;
        await WriteRecipeAsync(folder, Half + """, { "name": "mark" }""");
        _failures = 1;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(folder, postgres, whole: true));
        Assert.Contains("step 5 'mark'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "half.svg", SearchOption.AllDirectories));

        await WriteRecipeAsync(folder, """{ "name": "feature", "enable": ["OrchardCore.Contents", "OrchardCore.Title", "OrchardCore.Users"] }, { "name": "mark" }""");
        await using var host = await StartAsync(folder, postgres, whole: true);
        await host.InTenantAsync("Default", async services =>
        {
            Assert.Equal(0, await services.GetRequiredService<YesSql.ISession>().Query<ContentItem, ContentItemIndex>().CountAsync());
            Assert.Null(await services.GetRequiredService<IContentDefinitionManager>().GetTypeDefinitionAsync("Note"));
        });
    }

    [Fact]
    public async Task A_tenant_that_is_not_set_up_or_switched_off_is_not_served_by_another_one()
    {
        await using var host = await TestHost.StartAsync();
        await host.AddTenantAsync("Default", null, "Tests.Echo");
        var games = await host.AddTenantAsync("Games", "games", "Tests.Echo");
        await host.Host.UpdateShellSettingsAsync(games.AsInitializing());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await host.StatusAsync("/games/echo"));
        await host.Host.UpdateShellSettingsAsync(games.AsDisabled());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await host.StatusAsync("/games/echo"));
        await host.Host.UpdateShellSettingsAsync(games.AsRunning());
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/games/echo"));
    }

    private static Task WriteRecipeAsync(string folder, string steps) =>
        File.WriteAllTextAsync(Path.Combine(folder, "recipes", "main.recipe.json"), $$"""{ "name": "Main", "issetuprecipe": true, "steps": [ {{steps}} ] }""");

    private static Task<TestHost> StartAsync(string folder, string? postgres, bool whole = false) => TestHost.StartAsync(folder, Settings(), postgres: postgres, whole: whole, configure: cms => cms
        .AddSetupFeatures("OrchardCore.AutoSetup")
        .ConfigureServices(services =>
        {
            services.AddRecipeExecutionStep<MarkStep>();
            services.AddScoped<ISetupEventHandler, AdminHandler>();
        }));

    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-setup-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        File.WriteAllText(Path.Combine(folder, "recipes", "main.recipe.json"), """
            { "name": "Main", "issetuprecipe": true, "steps": [ { "name": "feature", "enable": ["Tests.Echo"] }, { "name": "mark" } ] }
            """);
        return folder;
    }

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>();
        string[] names = ["Default", "Games"];
        for (var i = 0; i < names.Length; i++)
        {
            var at = $"OrchardCore:OrchardCore_AutoSetup:Tenants:{i}:";
            settings[at + "ShellName"] = names[i];
            settings[at + "RecipeName"] = "Main";
            settings[at + "AdminUsername"] = "root";
            settings[at + "RequestUrlPrefix"] = i == 0 ? "" : "games";
        }
        return settings;
    }

    private sealed class MarkStep(ShellSettings settings) : NamedRecipeStepHandler("mark")
    {
        protected override Task HandleAsync(RecipeExecutionContext context)
        {
            if (Interlocked.Decrement(ref _failures) >= 0) throw new InvalidOperationException("the power went out");
            settings["Marked"] = "true";
            return Task.CompletedTask;
        }
    }

    private sealed class AdminHandler(ShellSettings settings) : ISetupEventHandler
    {
        public Task SetupAsync(SetupContext context)
        {
            _done.Add($"{settings.Name} {context.Properties["AdminUsername"]} {context.Recipe.Name}");
            return Task.CompletedTask;
        }
    }
}
