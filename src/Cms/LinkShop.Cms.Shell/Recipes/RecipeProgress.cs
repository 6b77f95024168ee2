namespace LinkShop.Cms.Shell.Recipes;

/// <summary>Tells whoever listens (the first start, for example) how far a recipe is.</summary>
internal sealed class RecipeProgress
{
    internal event Action<string>? Reported;

    internal void Report(string tenant, string recipe, int step, int steps, string name) => Report($"[{tenant}] {recipe}: step {step}/{steps} {name}");

    internal void Report(string line) => Reported?.Invoke(line);
}
