namespace OrchardCore.Recipes.Models;

/// <summary>How a step ended.</summary>
public class RecipeStepResult
{
    /// <summary>The step's name.</summary>
    public string StepName { get; set; } = "";

    /// <summary>Whether it ran to its end.</summary>
    public bool IsCompleted { get; set; }

    /// <summary>Whether it did what it should.</summary>
    public bool IsSuccessful { get; set; }

    /// <summary>What went wrong.</summary>
    public string[] Errors { get; set; } = [];
}
