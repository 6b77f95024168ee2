using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Tests.Shell;

public sealed class RecipeTests : IAsyncLifetime
{
    private static readonly List<JsonObject> _seen = [];
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _seen.Clear();
        _host = await TestHost.StartAsync(configure: cms => cms.ConfigureServices(services => services.AddRecipeExecutionStep<NoteStep>()));
        await _host.AddTenantAsync("Default", null);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Expressions_are_replaced_and_a_variable_keeps_its_value()
    {
        await RunAsync("""
            { // comments and a trailing comma are fine
              "name": "t", "variables": { "id": "[js: uuid()]", "twice": "[js:variables('id')]" },
              "steps": [
                { "name": "note", "a": "[js: variables('id')]", "b": ["[js:variables('twice')]"], "c": "[js: parameters('AdminUsername')]", "d": "[js like text" },
                { "name": "NOTE", "a": "[js: variables('id')]", "n": 1.50 },
              ]
            }
            """);
        Assert.Equal(2, _seen.Count);
        var id = _seen[0]["a"]!.GetValue<string>();
        Assert.Equal(32, id.Length);
        Assert.Equal(id, _seen[0]["b"]![0]!.GetValue<string>());
        Assert.Equal(id, _seen[1]["a"]!.GetValue<string>());
        Assert.Equal("root", _seen[0]["c"]!.GetValue<string>());
        Assert.Equal("[js like text", _seen[0]["d"]!.GetValue<string>());
        Assert.Equal("1.50", _seen[1]["n"]!.ToJsonString());
    }

    [Fact]
    public async Task A_feature_enabled_by_one_step_is_there_in_the_next()
    {
        await RunAsync("""{ "name": "t", "steps": [ { "name": "feature", "enable": ["Tests.Extra"] }, { "name": "note" } ] }""");
        Assert.Equal("extra", await _host.GetAsync("/extra"));
    }

    [Fact]
    public async Task A_step_that_nothing_knows_is_refused_before_the_steps_before_it_run()
    {
        var error = await Assert.ThrowsAsync<RecipeExecutionException>(() => RunAsync("""
            { "steps": [ { "name": "feature", "enable": ["Tests.Extra"] }, { "name": "note" }, { "name": "nothing" }, { "name": "nobody" } ] }
            """));
        Assert.Contains("step 3 'nothing'", error.Message, StringComparison.Ordinal);
        Assert.Contains("step 4 'nobody'", error.Message, StringComparison.Ordinal);
        Assert.Empty(_seen);
    }

    [Theory]
    [InlineData("{ \"name\": \"t\",\n \"steps\": [ { \"name\" } ] }", "test.recipe.json, line 2")]
    [InlineData("[]", "test.recipe.json: a recipe must be an object")]
    [InlineData("{ \"name\": \"t\" }", "'steps' must be an array")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\" }, { } ] }", "step 2: the property 'name' is missing")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\" }, { \"name\": \"nothing\" } ] }", "step 2 'nothing': no enabled feature knows this step")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\", \"list\": [ { \"x\": \"[js: alert(1)]\" } ] } ] }", "step 1 'note', property 'list[0].x': the expression '[js:alert(1)]' is not supported")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\", \"x\": \"[js: variables('y')]\" } ] }", "the variable 'y' is not defined")]
    [InlineData("{ \"variables\": { \"y\": \"[js:variables('y')]\" }, \"steps\": [ { \"name\": \"note\", \"x\": \"[js: variables('y')]\" } ] }", "refers to itself")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\", \"x\": \"[js: parameters('secret')]\" } ] }", "the parameter 'secret' was not given")]
    [InlineData("{ \"steps\": [ { \"name\": \"feature\", \"enable\": [\"Tests.Echo\", \"No.Such\"] } ] }", "property 'enable[1]': no module declares the feature 'No.Such'")]
    [InlineData("{ \"steps\": [ { \"name\": \"note\", \"fail\": true } ] }", "step 1 'note': property 'fail' must not be set")]
    public async Task An_error_names_the_file_and_the_line_or_step_and_property(string json, string words)
    {
        var error = await Assert.ThrowsAsync<RecipeExecutionException>(() => RunAsync(json));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("test.recipe.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Step 'note', list[1].x: no such x", 6)]
    [InlineData("$.List[1].X: letters don't matter", 6)]
    [InlineData("list[1].y: what is missing is missed where it belongs", 5)]
    [InlineData("property 'list[0]' is wrong", 4)]
    [InlineData("The list is bad: words after the place mean nothing, a list[1] neither", 3)]
    [InlineData("Nothing that the file has", 2)]
    public async Task What_a_step_finds_wrong_is_said_with_its_line(string said, int line)
    {
        var json = $$"""
            { "steps": [ { "name": "note" },
              { "name": "note", "fail": "{{said}}",
                "list": [
                  { "x": 1 }, // a remark
                  { "z": 0,
                    "x": 2 } ] } ] }
            """;
        var error = await Assert.ThrowsAsync<RecipeExecutionException>(() => RunAsync(json));
        Assert.Contains($"test.recipe.json, line {line}, step 2 'note': {said}", error.Message, StringComparison.Ordinal);
    }

    private Task RunAsync(string json) => _host.InTenantAsync("Default", services =>
    {
        var recipe = new RecipeDescriptor { Name = "t", RecipeFileInfo = new TextFile("test.recipe.json", json) };
        return services.GetRequiredService<IRecipeExecutor>().ExecuteAsync("1", recipe, new Dictionary<string, object> { ["AdminUsername"] = "root" }, CancellationToken.None);
    });

    private sealed class NoteStep(ShellSettings settings) : NamedRecipeStepHandler("note")
    {
        protected override Task HandleAsync(RecipeExecutionContext context)
        {
            Assert.Equal("Default", settings.Name);
            if (context.Step["fail"] is { } fail) context.Errors.Add(fail.GetValueKind() == System.Text.Json.JsonValueKind.String ? fail.GetValue<string>() : "property 'fail' must not be set.");
            else _seen.Add(context.Step);
            return Task.CompletedTask;
        }
    }

    internal sealed class TextFile(string name, string text) : IFileInfo
    {
        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public long Length => Encoding.UTF8.GetByteCount(text);

        public string Name => name;

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => new MemoryStream(Encoding.UTF8.GetBytes(text));
    }
}
