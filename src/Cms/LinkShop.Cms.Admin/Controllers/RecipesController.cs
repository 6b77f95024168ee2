using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Recipes")]
[Admin("Recipes/{action}/{id?}", "Recipes.{action}")]
public sealed class RecipesController(
    IEnumerable<IRecipeHarvester> harvesters, IRecipeExecutor executor, INotifier notifier, IHtmlLocalizer<RecipesController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Recipes", "Recipes.Index")]
    public async Task<IActionResult> Index()
        => await IsAllowedAsync(RecipePermissions.ManageRecipes) ? View(new RecipesViewModel(await RunnableAsync())) : Forbid();

    [HttpPost]
    public async Task<IActionResult> Run(string id)
    {
        if (!await IsAllowedAsync(RecipePermissions.ManageRecipes)) return Forbid();
        if ((await RunnableAsync()).Find(recipe => recipe.Name == id) is not { } recipe) return NotFound();
        try
        {
            await executor.ExecuteAsync(Guid.NewGuid().ToString("n"), recipe, new Dictionary<string, object>(), HttpContext.RequestAborted);
            await notifier.SuccessAsync(H["The recipe {0} was run.", recipe.DisplayName ?? recipe.Name]);
        }
        catch (RecipeExecutionException exception)
        {
            await notifier.ErrorAsync(H["The recipe {0} stopped at the step {1}: {2}", recipe.DisplayName ?? recipe.Name, exception.StepResult.StepName, string.Join(" ", exception.StepResult.Errors)]);
        }

        return RedirectToAction(nameof(Index));
    }

    /// <summary>Recipes that set a site up are for new sites; they aren't run on one that exists.</summary>
    private async Task<List<RecipeDescriptor>> RunnableAsync()
    {
        var all = new List<RecipeDescriptor>();
        foreach (var harvester in harvesters) all.AddRange(await harvester.HarvestRecipesAsync());
        return [.. all.Where(recipe => !recipe.IsSetupRecipe && !recipe.Tags.Contains("hidden", StringComparer.OrdinalIgnoreCase)).DistinctBy(recipe => recipe.Name).OrderBy(recipe => recipe.DisplayName ?? recipe.Name, StringComparer.CurrentCulture)];
    }
}
