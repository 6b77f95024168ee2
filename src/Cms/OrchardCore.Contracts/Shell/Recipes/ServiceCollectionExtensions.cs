using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Recipes.Services;

namespace OrchardCore.Recipes;

/// <summary>Registers recipe steps.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers the handler of a recipe step.</summary>
    /// <typeparam name="TImplementation">The handler.</typeparam>
    /// <param name="serviceCollection">The services.</param>
    public static IServiceCollection AddRecipeExecutionStep<TImplementation>(this IServiceCollection serviceCollection)
        where TImplementation : class, IRecipeStepHandler
        => serviceCollection.AddScoped<IRecipeStepHandler, TImplementation>();
}
