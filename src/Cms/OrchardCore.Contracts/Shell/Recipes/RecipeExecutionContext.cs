using System.Text.Json.Nodes;

namespace OrchardCore.Recipes.Models;

/// <summary>One step of a running recipe.</summary>
public class RecipeExecutionContext
{
    /// <summary>The run's id.</summary>
    public string ExecutionId { get; set; } = "";

    /// <summary>The values given to the run: an <see cref="IDictionary{TKey, TValue}"/> of string and object.</summary>
    public object? Environment { get; set; }

    /// <summary>The step's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The step, expressions replaced.</summary>
    public JsonObject Step { get; set; } = [];

    /// <summary>The recipe.</summary>
    public RecipeDescriptor RecipeDescriptor { get; set; } = null!;

    /// <summary>Recipes that the step wants to run next.</summary>
    public IEnumerable<RecipeDescriptor>? InnerRecipes { get; set; }

    /// <summary>What went wrong, in words for a person, naming the property; a step with errors fails.</summary>
    public IList<string> Errors { get; } = [];
}
