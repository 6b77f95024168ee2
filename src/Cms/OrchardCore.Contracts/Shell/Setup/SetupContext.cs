using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;

namespace OrchardCore.Setup.Services;

/// <summary>What a tenant is set up with.</summary>
public class SetupContext
{
    /// <summary>The tenant, waiting for its set-up.</summary>
    public ShellSettings ShellSettings { get; set; } = null!;

    /// <summary>Ids of features to enable besides those of the recipe.</summary>
    public IEnumerable<string> EnabledFeatures { get; set; } = [];

    /// <summary>What went wrong: property name and message.</summary>
    public IDictionary<string, string> Errors { get; set; } = new Dictionary<string, string>();

    /// <summary>The recipe to run.</summary>
    public RecipeDescriptor Recipe { get; set; } = null!;

    /// <summary>The values of <c>SetupConstants</c>, and others for the recipe's <c>parameters()</c>.</summary>
    public Dictionary<string, object> Properties { get; set; } = [];
}
