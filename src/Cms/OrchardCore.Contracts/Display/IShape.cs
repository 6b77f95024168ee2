using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement;

/// <summary>Something that has a place among its siblings.</summary>
public interface IPositioned
{
    /// <summary>Place such as <c>5</c>, <c>5.1</c>, <c>before</c> or <c>after</c>; null means first.</summary>
    string? Position { get; set; }
}

/// <summary>A node of the page: data plus the name of the template that renders it.</summary>
public interface IShape
{
    /// <summary>How the shape is found, named and rendered.</summary>
    ShapeMetadata Metadata { get; }

    /// <summary>HTML id, if any.</summary>
    string? Id { get; set; }

    /// <summary>HTML element the shape prefers, if any.</summary>
    string? TagName { get; set; }

    /// <summary>CSS classes.</summary>
    IList<string> Classes { get; }

    /// <summary>HTML attributes.</summary>
    IDictionary<string, string> Attributes { get; }

    /// <summary>Values by name.</summary>
    IDictionary<string, object> Properties { get; }

    /// <summary>Children, sorted by position.</summary>
    IReadOnlyList<IPositioned> Items { get; }

    /// <summary>Adds a child (shape, HTML content or text).</summary>
    ValueTask<IShape> AddAsync(object? item, string? position);
}

/// <summary>Renders shapes.</summary>
public interface IDisplayHelper
{
    /// <summary>Renders one shape with the template of the current theme.</summary>
    Task<Microsoft.AspNetCore.Html.IHtmlContent> ShapeExecuteAsync(IShape? shape);
}
