using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Commerce;
using LinkShop.Commerce.Splits;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Finance.Recipes;

/// <summary>Step <c>FeePolicy</c>: puts rules for fees and settlement in force; <c>Policy</c> has the fields of <see cref="FeePolicy"/> without its version.</summary>
internal sealed class FeePolicyStep(IFeePolicies policies, TenantScope scope) : NamedRecipeStepHandler("FeePolicy")
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new JsonStringEnumConverter() } };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        FeePolicy? policy;
        try
        {
            policy = context.Step["Policy"].Deserialize<FeePolicy>(s_json);
        }
        catch (JsonException error)
        {
            context.Errors.Add($"Step 'FeePolicy': {error.Message}");
            return;
        }

        if (policy is null)
        {
            context.Errors.Add("Step 'FeePolicy': Policy is missing.");
            return;
        }

        var current = await policies.CurrentAsync(scope);
        foreach (var error in (await policies.SaveAsync(scope, policy with { Version = current.Version }, "recipe")).Errors)
            context.Errors.Add($"Step 'FeePolicy', {error.Field}: {error.Message}");
    }
}
