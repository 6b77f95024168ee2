using OrchardCore.DisplayManagement.Handlers;

namespace OrchardCore.DisplayManagement.Views;

/// <summary>Shapes that a driver wants on the page.</summary>
public interface IDisplayResult
{
    /// <summary>Puts the shapes in place.</summary>
    Task ApplyAsync(BuildDisplayContext context);

    /// <summary>Puts the shapes in place.</summary>
    Task ApplyAsync(BuildEditorContext context);
}

/// <summary>Several results as one.</summary>
public class CombinedResult : IDisplayResult
{
    private readonly IEnumerable<IDisplayResult?> _results;

    /// <summary>Takes the results; null ones are skipped.</summary>
    public CombinedResult(params IDisplayResult[] results) => _results = results;

    /// <summary>Takes the results; null ones are skipped.</summary>
    public CombinedResult(IEnumerable<IDisplayResult> results) => _results = results;

    /// <inheritdoc />
    public async Task ApplyAsync(BuildDisplayContext context)
    {
        foreach (var result in _results)
        {
            if (result is not null)
                await result.ApplyAsync(context);
        }
    }

    /// <inheritdoc />
    public async Task ApplyAsync(BuildEditorContext context)
    {
        foreach (var result in _results)
        {
            if (result is not null)
                await result.ApplyAsync(context);
        }
    }

    /// <summary>The results.</summary>
    public IEnumerable<IDisplayResult> GetResults() => _results.OfType<IDisplayResult>();
}
