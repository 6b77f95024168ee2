using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrchardCore.Recipes.Models;

namespace LinkShop.VirtualGoods.Recipes;

/// <summary>Reads a step strictly: a misspelt field is an error that names its place, not something silently left out.</summary>
internal static class StepReader
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    public static T? Read<T>(RecipeExecutionContext context) where T : class
    {
        try
        {
            var step = context.Step.DeepClone().AsObject();
            step.Remove("name");
            return step.Deserialize<T>(s_options);
        }
        catch (JsonException e)
        {
            context.Errors.Add($"Step '{context.Name}', {e.Path ?? "$"}: {e.Message}");
            return null;
        }
    }
}
