namespace OrchardCore.Recipes.Models;

/// <summary>A step failed.</summary>
public class RecipeExecutionException : Exception
{
    /// <summary>A step reported errors.</summary>
    /// <param name="stepResult">What it reported.</param>
    public RecipeExecutionException(RecipeStepResult stepResult)
        : base(string.Join(System.Environment.NewLine, stepResult.Errors)) => StepResult = stepResult;

    /// <summary>A step threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="stepResult">What to report.</param>
    public RecipeExecutionException(Exception exception, RecipeStepResult stepResult)
        : base(string.Join(System.Environment.NewLine, stepResult.Errors), exception) => StepResult = stepResult;

    /// <summary>The step, and what went wrong.</summary>
    public RecipeStepResult StepResult { get; }
}
