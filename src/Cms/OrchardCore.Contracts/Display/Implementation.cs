using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Implementation;

/// <summary>A shape about to be rendered.</summary>
public class DisplayContext
{
    /// <summary>Empty context.</summary>
    public DisplayContext()
    {
    }

    /// <summary>Copies another context.</summary>
    public DisplayContext(DisplayContext context)
    {
        ServiceProvider = context.ServiceProvider;
        Value = context.Value;
        DisplayHelper = context.DisplayHelper;
        HtmlFieldPrefix = context.HtmlFieldPrefix;
    }

    /// <summary>Services of the request.</summary>
    public IServiceProvider ServiceProvider { get; set; } = null!;

    /// <summary>Renders nested shapes.</summary>
    public IDisplayHelper DisplayHelper { get; set; } = null!;

    /// <summary>The shape.</summary>
    public IShape Value { get; set; } = null!;

    /// <summary>Prefix of form fields.</summary>
    public string? HtmlFieldPrefix { get; set; }
}

/// <summary>A shape while it is rendered.</summary>
public class ShapeDisplayContext
{
    /// <summary>The shape.</summary>
    public IShape Shape { get; set; } = null!;

    /// <summary>What has been rendered so far.</summary>
    public IHtmlContent? ChildContent { get; set; }

    /// <summary>The context of the rendering.</summary>
    public DisplayContext DisplayContext { get; set; } = null!;

    /// <summary>Services of the request.</summary>
    public IServiceProvider ServiceProvider { get; set; } = null!;
}

/// <summary>A shape about to be created.</summary>
public class ShapeCreatingContext
{
    /// <summary>Creates shapes.</summary>
    public IShapeFactory ShapeFactory { get; set; } = null!;

    /// <summary>Services of the request.</summary>
    public IServiceProvider ServiceProvider { get; set; } = null!;

    /// <summary>Type of the shape.</summary>
    public string ShapeType { get; set; } = "";

    /// <summary>Creates the instance.</summary>
    public Func<ValueTask<IShape>> CreateAsync { get; set; } = null!;
}

/// <summary>A shape that was created.</summary>
public class ShapeCreatedContext
{
    /// <summary>Creates shapes.</summary>
    public IShapeFactory ShapeFactory { get; set; } = null!;

    /// <summary>Services of the request.</summary>
    public IServiceProvider ServiceProvider { get; set; } = null!;

    /// <summary>Type of the shape.</summary>
    public string ShapeType { get; set; } = "";

    /// <summary>The shape.</summary>
    public IShape Shape { get; set; } = null!;
}

/// <summary>Hears of every shape that is rendered.</summary>
public interface IShapeDisplayEvents
{
    /// <summary>Before the template is chosen.</summary>
    Task DisplayingAsync(ShapeDisplayContext context);

    /// <summary>After rendering.</summary>
    Task DisplayedAsync(ShapeDisplayContext context);

    /// <summary>After rendering, also when it failed.</summary>
    Task DisplayingFinalizedAsync(ShapeDisplayContext context);
}
