using LinkShop.Cms.Display.Notify;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.Razor;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Settings;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>Puts content into the theme's layout and writes the page.</summary>
internal sealed class PageWriter(
    PageState state,
    IDisplayHelper display,
    IShapeFactory factory,
    ILayoutAccessor layouts,
    IThemeManager themes,
    ISiteService sites,
    NotifyCookie messages)
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>Gives templates the theme, the layout and the site. Cheap when done already.</summary>
    public async ValueTask<RazorViewFeature> PrepareAsync(ActionContext action)
    {
        state.ActionContext = action;
        var features = action.HttpContext.Features;
        if (features.Get<RazorViewFeature>() is { } known)
            return known;

        var feature = new RazorViewFeature
        {
            Theme = await themes.GetThemeAsync(),
            Site = await sites.GetSiteSettingsAsync(),
            ThemeLayout = await layouts.GetLayoutAsync(),
        };
        features.Set(feature);
        return feature;
    }

    /// <summary>Renders the layout around the content and answers with it.</summary>
    public async Task WriteAsync(HttpContext context, IZoneHolding? layout, IHtmlContent body)
    {
        if (layout is not null)
        {
            await AddMessagesAsync(context, layout);
            await layout.Zones["Content"].AddAsync(body, "5");
            body = await display.ShapeExecuteAsync(layout);
        }

        await WriteAsync(context.Response, body);
    }

    private async Task AddMessagesAsync(HttpContext context, IZoneHolding layout)
    {
        foreach (var entry in messages.Take(context))
        {
            var type = entry.Type.ToString().ToLowerInvariant();
            var message = await factory.CreateAsync("Message");
            message.Properties["Type"] = type;
            message.Properties["Message"] = entry.Message;
            message.Metadata.Alternates.Add("Message__" + type);
            await layout.Zones["Messages"].AddAsync(message);
        }
    }

    private async Task WriteAsync(HttpResponse response, IHtmlContent html)
    {
        if (html is not HtmlBuffer buffer)
        {
            buffer = state.NewBuffer();
            html.WriteTo(buffer, Html.Encoder);
        }

        response.ContentType ??= ContentType;
        response.ContentLength = buffer.Utf8Length();
        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
            return;

        buffer.WriteUtf8(response.BodyWriter);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
