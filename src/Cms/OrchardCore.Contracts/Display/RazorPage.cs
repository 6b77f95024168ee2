using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Html;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Settings;

namespace OrchardCore.DisplayManagement.Razor;

/// <summary>What the host knows about the page while it is rendered.</summary>
public class RazorViewFeature
{
    /// <summary>The tenant's settings.</summary>
    public ISite? Site { get; set; }

    /// <summary>The theme.</summary>
    public Environment.Extensions.IExtensionInfo? Theme { get; set; }

    /// <summary>The layout.</summary>
    public IZoneHolding? ThemeLayout { get; set; }
}

/// <summary>Helpers of the page with access to shapes.</summary>
public interface IOrchardDisplayHelper : IOrchardHelper
{
    /// <summary>Renders shapes.</summary>
    IDisplayHelper DisplayHelper { get; }
}

/// <summary>Base of templates: shapes, layout zones, title and texts.</summary>
public abstract class RazorPage<TModel> : Microsoft.AspNetCore.Mvc.Razor.RazorPage<TModel>
{
    private IDisplayHelper? _displayHelper;
    private IShapeFactory? _shapeFactory;
    private IOrchardDisplayHelper? _orchard;
    private IPageTitleBuilder? _title;
    private IViewLocalizer? _localizer;

    /// <summary>Creates shapes by a dynamic call.</summary>
    public dynamic New => Factory.New;

    /// <summary>Creates shapes.</summary>
    public IShapeFactory Factory => _shapeFactory ??= Service<IShapeFactory>();

    /// <summary>Helpers.</summary>
    public IOrchardDisplayHelper Orchard => _orchard ??= Service<IOrchardDisplayHelper>();

    /// <summary>The page's title.</summary>
    public IPageTitleBuilder Title => _title ??= Service<IPageTitleBuilder>();

    /// <summary>The page's layout.</summary>
    public IZoneHolding ThemeLayout
    {
        get => Feature.ThemeLayout!;
        set => Feature.ThemeLayout = value;
    }

    /// <summary>The tenant's settings.</summary>
    public ISite Site => Feature.Site!;

    /// <summary>Texts in the reader's language.</summary>
    public IViewLocalizer T
    {
        get
        {
            if (_localizer is null)
            {
                _localizer = Service<IViewLocalizer>();
                (_localizer as IViewContextAware)?.Contextualize(ViewContext);
            }

            return _localizer;
        }
    }

    /// <summary>Template name of the layout, such as <c>Layout__Checkout</c>.</summary>
    public string ViewLayout
    {
        get => ThemeLayout.Metadata.AlternatesOrNull is { Count: > 0 } alternates ? alternates.Last : ThemeLayout.Metadata.Type;
        set
        {
            ThemeLayout.Metadata.Alternates.Remove(value);
            ThemeLayout.Metadata.Alternates.Add(value);
        }
    }

    private RazorViewFeature Feature => Context.Features.Get<RazorViewFeature>()
        ?? throw new InvalidOperationException("The page isn't rendered by the display manager.");

    /// <summary>Renders a shape, HTML content or text.</summary>
    public Task<IHtmlContent> DisplayAsync(dynamic? shape) => (object?)shape switch
    {
        IShape s => DisplayAsync(s),
        IHtmlContent html => Task.FromResult(html),
        string text => Task.FromResult<IHtmlContent>(new HtmlContentString(text)),
        null => Task.FromResult<IHtmlContent>(HtmlString.Empty),
        var other => throw new ArgumentException($"A {other.GetType()} can't be displayed: it is no shape.", nameof(shape)),
    };

    /// <summary>Renders a shape.</summary>
    public Task<IHtmlContent> DisplayAsync(IShape? shape) => (_displayHelper ??= Service<IDisplayHelper>()).ShapeExecuteAsync(shape);

    /// <summary>Adds a part to the title and gives the whole title.</summary>
    public IHtmlContent RenderTitleSegments(IHtmlContent segment, string position = "0", IHtmlContent? separator = null)
    {
        Title.AddSegment(segment, position);
        return Title.GenerateTitle(separator);
    }

    /// <summary>Adds a part to the title and gives the whole title.</summary>
    public IHtmlContent RenderTitleSegments(string segment, string position = "0", IHtmlContent? separator = null) =>
        RenderTitleSegments(new HtmlContentString(segment), position, separator);

    /// <summary>In a layout: the page's content.</summary>
    public Task<IHtmlContent> RenderBodyAsync() => DisplayAsync(ThemeLayout.Zones["Content"]);

    /// <summary>In a layout: a zone, such as <c>Header</c> or <c>Footer</c>.</summary>
    public new Task<IHtmlContent> RenderSectionAsync(string name) => RenderSectionAsync(name, required: true);

    /// <summary>In a layout: a zone.</summary>
    /// <exception cref="InvalidOperationException">The zone is required and nothing is in it.</exception>
    public new Task<IHtmlContent> RenderSectionAsync(string name, bool required)
    {
        var zone = ThemeLayout.Zones[name];
        if (required && zone.IsNullOrEmpty())
            throw new InvalidOperationException($"Nothing is in the zone '{name}'.");

        return DisplayAsync(zone);
    }

    /// <summary>In a layout: whether something is in the zone.</summary>
    public new bool IsSectionDefined(string name) => ThemeLayout.Zones.IsNotEmpty(name);

    /// <summary>The first value unless it is null or empty text, else the second.</summary>
    public object OrDefault(object? text, object other) => text is null || string.IsNullOrEmpty(text.ToString()) ? other : text;

    /// <summary>The address of the request with path and query, below the tenant's prefix.</summary>
    public string FullRequestPath => Context.Request.PathBase + Context.Request.Path + Context.Request.QueryString;

    private TService Service<TService>()
        where TService : notnull => Context.RequestServices.GetRequiredService<TService>();
}

/// <summary>Base of templates whose model has members found at run time.</summary>
public abstract class RazorPage : RazorPage<dynamic>
{
}
