using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Implementation;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>How a shape is found, named and rendered.</summary>
public class ShapeMetadata
{
    private AlternatesCollection? _alternates;
    private AlternatesCollection? _wrappers;
    private List<Action<ShapeDisplayContext>>? _displaying;
    private List<Action<ShapeDisplayContext>>? _displayed;
    private List<Func<IShape, Task>>? _processing;

    /// <summary>Template name, such as <c>ProductPart</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Display type, such as <c>Detail</c>, <c>Summary</c> or <c>Edit</c>.</summary>
    public string? DisplayType { get; set; }

    /// <summary>Place among the siblings.</summary>
    public string? Position { get; set; }

    /// <summary>Tab of an editor, if any.</summary>
    public string? Tab { get; set; }

    /// <summary>Card of an editor, if any.</summary>
    public string? Card { get; set; }

    /// <summary>Column of an editor, if any.</summary>
    public string? Column { get; set; }

    /// <summary>Where the placement came from.</summary>
    public string? PlacementSource { get; set; }

    /// <summary>Prefix of the form fields the shape renders.</summary>
    public string? Prefix { get; set; }

    /// <summary>Name by which the parent finds the shape.</summary>
    public string? Name { get; set; }

    /// <summary>Tells shapes of one type apart for placement.</summary>
    public string? Differentiator { get; set; }

    /// <summary>Names of wrapper templates, innermost first.</summary>
    public AlternatesCollection Wrappers { get => _wrappers ??= new(); set => _wrappers = value; }

    /// <summary>More specific template names; the last one that exists wins.</summary>
    public AlternatesCollection Alternates { get => _alternates ??= new(); set => _alternates = value; }

    /// <summary>Rendered content, once there is one; a wrapper shows it.</summary>
    public IHtmlContent? ChildContent { get; set; }

    /// <summary>Work to do before rendering.</summary>
    public IReadOnlyList<Func<IShape, Task>> ProcessingAsync => _processing ?? (IReadOnlyList<Func<IShape, Task>>)[];

    internal IReadOnlyList<Action<ShapeDisplayContext>>? Displaying => _displaying;

    internal IReadOnlyList<Action<ShapeDisplayContext>>? Displayed => _displayed;

    internal AlternatesCollection? AlternatesOrNull => _alternates;

    internal AlternatesCollection? WrappersOrNull => _wrappers;

    internal List<Func<IShape, Task>>? ProcessingOrNull => _processing;

    /// <summary>Runs an action before the template is chosen.</summary>
    public void OnDisplaying(Action<ShapeDisplayContext> context) => (_displaying ??= []).Add(context);

    /// <summary>Runs an action after rendering.</summary>
    public void OnDisplayed(Action<ShapeDisplayContext> context) => (_displayed ??= []).Add(context);

    /// <summary>Runs work before rendering.</summary>
    public void OnProcessing(Func<IShape, Task> context) => (_processing ??= []).Add(context);
}
