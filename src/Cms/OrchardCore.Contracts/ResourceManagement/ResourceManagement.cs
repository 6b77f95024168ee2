using Microsoft.AspNetCore.Html;

namespace OrchardCore.ResourceManagement;

/// <summary>Where a script goes.</summary>
public enum ResourceLocation
{
    /// <summary>Not said: styles go to the head, scripts to the foot.</summary>
    Unspecified,

    /// <summary>To the end of the body.</summary>
    Foot,

    /// <summary>To the head.</summary>
    Head,
}

/// <summary>Collects the styles, scripts, metas and links of the page.</summary>
public interface IResourceManager
{
    /// <summary>Requires a resource by address; the debug address is used in development.</summary>
    RequireSettings RegisterUrl(string resourceType, string resourcePath, string? resourceDebugPath);

    /// <summary>Requires a resource that a manifest names. Type is <c>stylesheet</c> or <c>script</c>.</summary>
    RequireSettings RegisterResource(string resourceType, string resourceName);

    /// <summary>Adds HTML to the scripts of the head.</summary>
    void RegisterHeadScript(IHtmlContent script);

    /// <summary>Adds HTML to the scripts of the foot.</summary>
    void RegisterFootScript(IHtmlContent script);

    /// <summary>Adds a link.</summary>
    void RegisterLink(LinkEntry link);

    /// <summary>Sets a meta; one of the same name is replaced.</summary>
    void RegisterMeta(MetaEntry meta);

    /// <summary>Writes the metas.</summary>
    void RenderMeta(TextWriter writer);

    /// <summary>Writes the links.</summary>
    void RenderHeadLink(TextWriter writer);

    /// <summary>Writes the styles.</summary>
    void RenderStylesheet(TextWriter writer);

    /// <summary>Writes the scripts of the head.</summary>
    void RenderHeadScript(TextWriter writer);

    /// <summary>Writes the scripts of the foot.</summary>
    void RenderFootScript(TextWriter writer);
}

/// <summary>How a resource is required.</summary>
public class RequireSettings
{
    /// <summary>Type: <c>stylesheet</c> or <c>script</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Name in a manifest, or the address.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it goes.</summary>
    public ResourceLocation Location { get; set; }

    /// <summary>HTML attributes.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    internal bool IsUrl { get; init; }

    /// <summary>Puts it at the end of the body.</summary>
    public RequireSettings AtFoot() => AtLocation(ResourceLocation.Foot);

    /// <summary>Puts it in the head.</summary>
    public RequireSettings AtHead() => AtLocation(ResourceLocation.Head);

    /// <summary>Puts it there.</summary>
    public RequireSettings AtLocation(ResourceLocation location)
    {
        // The head wins: a page part that needs a script early needs it early for everyone.
        if (Location != ResourceLocation.Head)
            Location = location;

        return this;
    }

    /// <summary>Sets an HTML attribute.</summary>
    public RequireSettings SetAttribute(string name, string value)
    {
        Attributes[name] = value;
        return this;
    }
}

/// <summary>A link of the page's head.</summary>
public class LinkEntry
{
    /// <summary>Kind, such as <c>canonical</c>.</summary>
    public string? Rel { get; set; }

    /// <summary>Media type, if any.</summary>
    public string? Type { get; set; }

    /// <summary>Title, if any.</summary>
    public string? Title { get; set; }

    /// <summary>Address.</summary>
    public string? Href { get; set; }
}

/// <summary>A meta of the page's head.</summary>
public class MetaEntry
{
    /// <summary>An empty meta.</summary>
    public MetaEntry()
    {
    }

    /// <summary>Takes name or property and the content.</summary>
    public MetaEntry(string? name = null, string? property = null, string? content = null, string? httpEquiv = null, string? charset = null)
    {
        Name = name;
        Property = property;
        Content = content;
        HttpEquiv = httpEquiv;
        Charset = charset;
    }

    /// <summary>Name, if any.</summary>
    public string? Name { get; set; }

    /// <summary>Property, if any.</summary>
    public string? Property { get; set; }

    /// <summary>Content.</summary>
    public string? Content { get; set; }

    /// <summary>HTTP header it stands for, if any.</summary>
    public string? HttpEquiv { get; set; }

    /// <summary>Character set, if any.</summary>
    public string? Charset { get; set; }
}

/// <summary>Resources that modules offer; a module configures these options.</summary>
public class ResourceManagementOptions
{
    /// <summary>The manifests.</summary>
    public HashSet<ResourceManifest> ResourceManifests { get; } = [];
}

/// <summary>The resources of one module.</summary>
public class ResourceManifest
{
    private readonly Dictionary<(string Type, string Name), ResourceDefinition> _resources = [];

    /// <summary>Defines a style.</summary>
    public virtual ResourceDefinition DefineStyle(string name) => DefineResource("stylesheet", name);

    /// <summary>Defines a script.</summary>
    public virtual ResourceDefinition DefineScript(string name) => DefineResource("script", name);

    /// <summary>Defines a resource of type <c>stylesheet</c> or <c>script</c>.</summary>
    public virtual ResourceDefinition DefineResource(string resourceType, string resourceName) =>
        _resources[(resourceType, resourceName.ToUpperInvariant())] = new ResourceDefinition(this, resourceType, resourceName);

    internal ResourceDefinition? Find(string type, string name) => _resources.GetValueOrDefault((type, name.ToUpperInvariant()));
}

/// <summary>A style or script.</summary>
public class ResourceDefinition
{
    /// <summary>Takes manifest, type and name.</summary>
    public ResourceDefinition(ResourceManifest manifest, string type, string name)
    {
        Manifest = manifest;
        Type = type;
        Name = name;
    }

    /// <summary>The manifest.</summary>
    public ResourceManifest Manifest { get; }

    /// <summary>Type: <c>stylesheet</c> or <c>script</c>.</summary>
    public string Type { get; }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Address.</summary>
    public string? Url { get; private set; }

    /// <summary>Names of resources that go before.</summary>
    public List<string> Dependencies { get; private set; } = [];

    /// <summary>Sets the address, such as <c>~/LinkShop.Theme.Mall/mall.css</c>.</summary>
    public ResourceDefinition SetUrl(string url) => SetUrl(url, null);

    /// <summary>Sets the address; the debug address isn't needed here, since nothing is minified at run time.</summary>
    public ResourceDefinition SetUrl(string url, string? urlDebug)
    {
        Url = url;
        return this;
    }

    /// <summary>Sets the names of resources that go before.</summary>
    public ResourceDefinition SetDependencies(params string[] dependencies)
    {
        Dependencies = [.. dependencies];
        return this;
    }
}
