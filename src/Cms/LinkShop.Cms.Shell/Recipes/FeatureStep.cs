using System.Text.Json.Nodes;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>The step <c>feature</c>: <c>enable</c> and <c>disable</c>, lists of feature ids.</summary>
internal sealed class FeatureStep(IExtensionManager extensions, IShellFeaturesManager features) : NamedRecipeStepHandler("feature")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var all = extensions.GetFeatures().ToDictionary(f => f.Id, StringComparer.Ordinal);
        var enable = Read(context, all, "enable");
        var disable = Read(context, all, "disable");
        if (context.Errors.Count == 0) await features.UpdateFeaturesAsync(disable, enable, true);
    }

    private static List<IFeatureInfo> Read(RecipeExecutionContext context, Dictionary<string, IFeatureInfo> all, string property)
    {
        var result = new List<IFeatureInfo>();
        if (context.Step[property] is not { } node) return result;
        if (node is not JsonArray ids)
        {
            context.Errors.Add($"property '{property}' must be a list of feature ids.");
            return result;
        }
        for (var i = 0; i < ids.Count; i++)
        {
            var id = ids[i]?.ToString() ?? "";
            if (all.TryGetValue(id, out var feature)) result.Add(feature);
            else context.Errors.Add($"property '{property}[{i}]': no module declares the feature '{id}'.");
        }
        return result;
    }
}
