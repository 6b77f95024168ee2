using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Commerce;
using LinkShop.Commerce.Resale;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Resale.Recipes;

internal sealed record ResaleOffersStepModel(List<ResaleDraft> Offers);

/// <summary>
/// Step <c>ResaleOffers</c>: offers variants for resale; the fields are those of <see cref="ResaleDraft"/>. Products of the same recipe are made known to ordering when their own step
/// has ended, so the offers follow after that.
/// </summary>
internal sealed class ResaleOffersStep : NamedRecipeStepHandler
{
    private const string Actor = "recipe";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    public ResaleOffersStep() : base("ResaleOffers")
    {
    }

    protected override Task HandleAsync(RecipeExecutionContext context)
    {
        if (Read(context) is not { } step)
            return Task.CompletedTask;
        ShellScope.AddDeferredTask(async scope =>
        {
            var offers = scope.ServiceProvider.GetRequiredService<IResaleOffers>();
            var tenant = scope.ServiceProvider.GetRequiredService<TenantScope>();
            foreach (var draft in step.Offers)
            {
                foreach (var error in (await offers.SaveAsync(tenant, draft, Actor)).Errors)
                    scope.ServiceProvider.GetRequiredService<ILogger<ResaleOffersStep>>().LogError("Variant '{Sku}' can't be offered for resale: {Field}: {Message}", draft.SkuId, error.Field, error.Message);
            }
        });
        return Task.CompletedTask;
    }

    private static ResaleOffersStepModel? Read(RecipeExecutionContext context)
    {
        try
        {
            var step = context.Step.DeepClone().AsObject();
            step.Remove("name");
            return step.Deserialize<ResaleOffersStepModel>(s_options);
        }
        catch (JsonException e)
        {
            context.Errors.Add($"Step '{context.Name}', {e.Path ?? "$"}: {e.Message}");
            return null;
        }
    }
}
