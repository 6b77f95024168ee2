using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.VirtualGoods.Recipes;

internal sealed record KeyPoolsStepModel(List<KeyPoolModel> Pools);

/// <param name="Name">Name of the pool; variants refer to it.</param>
/// <param name="Keys">Keys to import.</param>
/// <param name="Labelled">Keys that buyers may pick, with what they see of each.</param>
/// <param name="Generate">Makes this many sample keys.</param>
/// <param name="Pattern">Form of sample keys: # is a digit, @ a letter.</param>
/// <param name="LowStockThreshold">An alert is raised when fewer keys are left.</param>
/// <param name="ReusableSecret">Makes it a reusable pool: every buyer gets this key.</param>
internal sealed record KeyPoolModel(
    string Name,
    List<string>? Keys = null,
    List<LabelledKeyModel>? Labelled = null,
    int Generate = 0,
    string? Pattern = null,
    int LowStockThreshold = 0,
    string? ReusableSecret = null);

internal sealed record LabelledKeyModel(string Key, string Label);

/// <summary>Step <c>KeyPools</c>: makes pools and fills them. A pool that exists already is left as it is, so the step can run again.</summary>
internal sealed class KeyPoolsStep(IKeyPools pools, IKeyImporter importer, ShellSettings shell, IStringLocalizer<KeyPoolsStep> S) : NamedRecipeStepHandler("KeyPools")
{
    private const int MaxGenerated = 100_000;

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (StepReader.Read<KeyPoolsStepModel>(context) is not { } step || !IsValid(step, context))
            return;
        var scope = new TenantScope(shell.Name);
        var existing = (await pools.ListAsync(scope)).Select(pool => pool.Name).ToHashSet();
        for (var i = 0; i < step.Pools.Count; i++)
        {
            var model = step.Pools[i];
            if (existing.Contains(model.Name))
                continue;
            var pool = await pools.CreateAsync(scope, new(model.Name, LowStockThreshold: model.LowStockThreshold, ReusableSecret: model.ReusableSecret));
            if (model.ReusableSecret is not null)
                continue;
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(ToCsv(model)));
            var report = await importer.ImportAsync(scope, pool.Id, file, KeyFileFormat.Csv, "recipe");
            if (report.Duplicates + report.Bad > 0)
                context.Errors.Add($"Step 'KeyPools', {S["Pools[{0}]: {1} of its keys were left out.", i, report.Duplicates + report.Bad]}");
        }
    }

    private bool IsValid(KeyPoolsStepModel step, RecipeExecutionContext context)
    {
        var before = context.Errors.Count;
        var names = new HashSet<string>();
        for (var i = 0; i < step.Pools.Count; i++)
        {
            var model = step.Pools[i];
            var at = $"Pools[{i}]";
            if (string.IsNullOrWhiteSpace(model.Name) || model.Name.Length > 200)
                Fail(S["{0}.Name must have 1 to 200 characters.", at]);
            else if (!names.Add(model.Name))
                Fail(S["{0}.Name: '{1}' occurs twice.", at, model.Name]);
            if (model.Generate is < 0 or > MaxGenerated)
                Fail(S["{0}.Generate must be 0 to {1}.", at, MaxGenerated]);
            if (model.Generate > 0 && Capacity(model.Pattern) < model.Generate * 10d)
                Fail(S["{0}.Pattern '{1}' doesn't have room for {2} different keys: # stands for a digit, @ for a letter.", at, model.Pattern ?? "", model.Generate]);
            if (model.ReusableSecret is not null && (string.IsNullOrWhiteSpace(model.ReusableSecret) || model.Generate > 0 || model.Keys is not null || model.Labelled is not null))
                Fail(S["{0}.ReusableSecret is one text and stands alone: such a pool has no keys.", at]);
            if (model.LowStockThreshold < 0)
                Fail(S["{0}.LowStockThreshold can't be negative.", at]);
            if ((model.Keys ?? []).Exists(string.IsNullOrWhiteSpace) || (model.Labelled ?? []).Exists(key => string.IsNullOrWhiteSpace(key.Key) || string.IsNullOrWhiteSpace(key.Label)))
                Fail(S["{0}: a key or label is empty.", at]);
            else
                CheckKeys(model, at, Fail);
        }

        return context.Errors.Count == before;

        void Fail(string message) => context.Errors.Add($"Step 'KeyPools', {message}");
    }

    // here and not by the import, which skips such lines: a pool that was made with less than the recipe says would stay so. The keys themselves are in no message.
    private void CheckKeys(KeyPoolModel model, string at, Action<string> fail)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var all = (model.Keys ?? []).Select((key, i) => (At: $"{at}.Keys[{i}]", Key: key, Label: (string?)null))
            .Concat((model.Labelled ?? []).Select((key, i) => (At: $"{at}.Labelled[{i}]", key.Key, Label: (string?)key.Label)));
        foreach (var key in all)
        {
            switch (KeyRules.Check(key.Key, key.Label))
            {
                case KeyLineProblem.BadCharacters:
                    fail(S["{0} is on several lines or has control characters.", key.At]);
                    break;
                case KeyLineProblem.TooLong:
                    fail(S["{0} is too long: a key has at most {1} bytes, a label {2} characters.", key.At, KeyRules.MaxKeyBytes, KeyRules.MaxLabel]);
                    break;
                default:
                    if (!seen.Add(key.Key.Trim()))
                        fail(S["{0} is the same key as one before it.", key.At]);
                    break;
            }
        }
    }

    private static double Capacity(string? pattern) => (pattern ?? "").Aggregate(1d, (room, c) => c switch { '#' => room * 10, '@' => room * 24, _ => room });

    private static string ToCsv(KeyPoolModel model)
    {
        var csv = new StringBuilder("key,label\n");
        foreach (var key in model.Keys ?? [])
            Add(key, "");
        foreach (var key in model.Labelled ?? [])
            Add(key.Key, key.Label);
        foreach (var key in SampleKeys.Make(model.Pattern ?? "", model.Generate))
            Add(key, "");
        return csv.ToString();

        void Add(string key, string label) => csv.Append('"').Append(key.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",\"")
            .Append(label.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\"\n");
    }
}
