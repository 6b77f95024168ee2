using Microsoft.Extensions.FileProviders;

namespace OrchardCore.Recipes.Models;

/// <summary>The head of a recipe file.</summary>
public class RecipeDescriptor
{
    /// <summary>The folder of the file.</summary>
    public string? BasePath { get; set; }

    /// <summary>The unique name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name shown to an administrator.</summary>
    public string? DisplayName { get; set; }

    /// <summary>One sentence for an administrator.</summary>
    public string? Description { get; set; }

    /// <summary>Who made it.</summary>
    public string? Author { get; set; }

    /// <summary>Where to read about it.</summary>
    public string? WebSite { get; set; }

    /// <summary>Its version.</summary>
    public string? Version { get; set; }

    /// <summary>Whether a tenant can be set up from it.</summary>
    public bool IsSetupRecipe { get; set; }

    /// <summary>Groups it belongs to.</summary>
    public string[] Categories { get; set; } = [];

    /// <summary>Words to find it by.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Where the file and those it names are.</summary>
    public IFileProvider? FileProvider { get; set; }

    /// <summary>The file.</summary>
    public IFileInfo? RecipeFileInfo { get; set; }

    /// <summary>Whether each step runs in a scope of its own.</summary>
    public bool RequireNewScope { get; set; } = true;
}
