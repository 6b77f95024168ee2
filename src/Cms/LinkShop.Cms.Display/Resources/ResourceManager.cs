using System.Text.Encodings.Web;
using LinkShop.Cms.Display.Rendering;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using OrchardCore.ResourceManagement;

namespace LinkShop.Cms.Display.Resources;

/// <summary>Collects what the page's templates need and writes it once, dependencies first.</summary>
internal sealed class ResourceManager(IOptions<ResourceManagementOptions> options, IFileVersionProvider versions, IHttpContextAccessor http) : IResourceManager
{
    private readonly List<RequireSettings> _required = [];
    private readonly List<IHtmlContent> _headScripts = [];
    private readonly List<IHtmlContent> _footScripts = [];
    private readonly List<LinkEntry> _links = [];
    private readonly Dictionary<string, MetaEntry> _metas = new(StringComparer.OrdinalIgnoreCase);
    private readonly HtmlEncoder _encoder = Html.Encoder;

    public RequireSettings RegisterUrl(string resourceType, string resourcePath, string? resourceDebugPath) => Require(resourceType, resourcePath, isUrl: true);

    public RequireSettings RegisterResource(string resourceType, string resourceName) => Require(resourceType, resourceName, isUrl: false);

    public void RegisterHeadScript(IHtmlContent script) => _headScripts.Add(script);

    public void RegisterFootScript(IHtmlContent script) => _footScripts.Add(script);

    public void RegisterLink(LinkEntry link) => _links.Add(link);

    public void RegisterMeta(MetaEntry meta) => _metas[meta.Name ?? meta.Property ?? meta.HttpEquiv ?? "charset"] = meta;

    public void RenderMeta(TextWriter writer)
    {
        foreach (var meta in _metas.Values)
            Write(writer, "meta", [("charset", meta.Charset), ("name", meta.Name), ("property", meta.Property), ("http-equiv", meta.HttpEquiv), ("content", meta.Content)]);
    }

    public void RenderHeadLink(TextWriter writer)
    {
        foreach (var link in _links)
            Write(writer, "link", [("rel", link.Rel), ("type", link.Type), ("title", link.Title), ("href", link.Href is null ? null : Address(link.Href))]);
    }

    public void RenderStylesheet(TextWriter writer)
    {
        foreach (var (url, settings) in Ordered("stylesheet", _ => true))
            Write(writer, "link", [("rel", "stylesheet"), ("href", url), .. Attributes(settings)]);
    }

    public void RenderHeadScript(TextWriter writer)
    {
        WriteScripts(writer, settings => settings.Location == ResourceLocation.Head);
        foreach (var script in _headScripts)
            script.WriteTo(writer, _encoder);
    }

    public void RenderFootScript(TextWriter writer)
    {
        WriteScripts(writer, settings => settings.Location != ResourceLocation.Head);
        foreach (var script in _footScripts)
            script.WriteTo(writer, _encoder);
    }

    private RequireSettings Require(string type, string name, bool isUrl)
    {
        var existing = _required.Find(settings => settings.Type == type && string.Equals(settings.Name, name, StringComparison.OrdinalIgnoreCase));
        if (existing is not null)
            return existing;

        var settings = new RequireSettings { Type = type, Name = name, IsUrl = isUrl };
        _required.Add(settings);
        return settings;
    }

    private void WriteScripts(TextWriter writer, Func<RequireSettings, bool> belongs)
    {
        foreach (var (url, settings) in Ordered("script", belongs))
        {
            Write(writer, "script", [("src", url), .. Attributes(settings)]);
            writer.Write("</script>");
        }
    }

    private List<(string Url, RequireSettings Settings)> Ordered(string type, Func<RequireSettings, bool> belongs)
    {
        var result = new List<(string, RequireSettings)>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var settings in _required)
        {
            if (settings.Type != type || !belongs(settings))
                continue;

            if (settings.IsUrl)
            {
                if (seen.Add(settings.Name))
                    result.Add((Address(settings.Name), settings));
            }
            else
            {
                Add(settings.Name, settings);
            }
        }

        return result;

        void Add(string name, RequireSettings settings)
        {
            if (!seen.Add(name))
                return;

            var definition = Find(type, name);
            foreach (var dependency in definition.Dependencies)
                Add(dependency, settings);

            if (definition.Url is { } url)
                result.Add((Address(url), settings));
        }
    }

    private ResourceDefinition Find(string type, string name)
    {
        foreach (var manifest in options.Value.ResourceManifests)
        {
            if (manifest.Find(type, name) is { } definition)
                return definition;
        }

        throw new InvalidOperationException($"No module defines the {type} '{name}'.");
    }

    private string Address(string url)
    {
        if (!url.StartsWith("~/", StringComparison.Ordinal))
            return url;

        var pathBase = http.HttpContext?.Request.PathBase ?? PathString.Empty;
        return versions.AddFileVersionToPath(pathBase, pathBase + url[1..]);
    }

    private static IEnumerable<(string, string?)> Attributes(RequireSettings settings) => settings.Attributes.Select(pair => (pair.Key, (string?)pair.Value));

    private void Write(TextWriter writer, string tag, IEnumerable<(string Name, string? Value)> attributes)
    {
        writer.Write('<');
        writer.Write(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;

            writer.Write(' ');
            writer.Write(name);
            writer.Write("=\"");
            _encoder.Encode(writer, value);
            writer.Write('"');
        }

        writer.Write(">");
    }
}
