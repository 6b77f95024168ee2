using System.Text.Json.Nodes;
using LinkShop.Payments.Sandbox;
using Microsoft.Extensions.Localization;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Payments.Recipes;

/// <summary>
/// Recipe step <c>{"name":"SandboxProvider","GenerateSecret":true}</c>: gives the tenant its own random secret, so that a demo can be paid in and
/// no secret is the same in two installations. A secret that is there already stays; where configuration says that there is no sandbox, none is made.
/// </summary>
internal sealed class SandboxProviderStep(SandboxSecrets secrets, SandboxOptions options, IStringLocalizer<SandboxProviderStep> S) : NamedRecipeStepHandler("SandboxProvider")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var (name, value) in context.Step)
        {
            if (name is not ("name" or "GenerateSecret") || (name == "GenerateSecret" && value is not JsonValue))
            {
                context.Errors.Add(S["Step 'SandboxProvider': '{0}' isn't known; only GenerateSecret (true or false) is.", name]);
                return;
            }
        }

        var generate = context.Step["GenerateSecret"] is JsonValue flag && flag.TryGetValue<bool>(out var wanted) && wanted;
        if (generate && options is { Enabled: true, Configured: false } && await secrets.GetAsync() is null)
        {
            await secrets.SetAsync(SandboxSecrets.Generate());
        }
    }
}
