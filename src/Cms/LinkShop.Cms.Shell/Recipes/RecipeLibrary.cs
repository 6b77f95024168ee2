using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>The recipes of the modules and those in the application's folder <c>recipes</c>.</summary>
internal sealed class RecipeLibrary(ModuleCatalog catalog, IHostEnvironment environment, ILogger<RecipeLibrary> logger) : IRecipeHarvester
{
    private const string Ending = ".recipe.json";

    public Task<IEnumerable<RecipeDescriptor>> HarvestRecipesAsync()
    {
        var found = new Dictionary<string, RecipeDescriptor>(StringComparer.OrdinalIgnoreCase);
        // the application's own first: it may replace a module's
        foreach (var folder in Folders())
        {
            using var files = new PhysicalFileProvider(folder);
            foreach (var file in files.GetDirectoryContents("")) Add(found, file, files, "");
        }
        foreach (var module in catalog.Modules)
        {
            foreach (var path in module.Files.Paths.Where(p => p.StartsWith("Recipes/", StringComparison.OrdinalIgnoreCase)))
                Add(found, module.GetFile(path), module.Files, Path.GetDirectoryName(path)!);
        }
        return Task.FromResult<IEnumerable<RecipeDescriptor>>(found.Values);
    }

    private IEnumerable<string> Folders()
        => new[] { environment.ContentRootPath, AppContext.BaseDirectory }
            .SelectMany(root => new[] { Path.Combine(root, "recipes"), Path.Combine(root, "Recipes") })
            .Distinct(StringComparer.Ordinal).Where(Directory.Exists);

    private void Add(Dictionary<string, RecipeDescriptor> found, IFileInfo file, IFileProvider files, string folder)
    {
        if (!file.Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)) return;
        var descriptor = new RecipeDescriptor { Name = file.Name[..^Ending.Length], BasePath = folder, FileProvider = files, RecipeFileInfo = file };
        try
        {
            using var stream = file.CreateReadStream();
            RecipeDocument.Parse(stream, file.Name).Describe(descriptor);
        }
        catch (FormatException e)
        {
            // it stays known by its file's name, so that running it tells what is wrong instead of that there is none
            logger.LogError(e, "A recipe cannot be read.");
        }
        found.TryAdd(descriptor.Name, descriptor);
    }
}
