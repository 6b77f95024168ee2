using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;

namespace LinkShop.Cms.Content.Contents;

/// <summary>The .NET types of parts and fields by name; a part or field that no code knows is a plain one.</summary>
internal sealed class ContentElementTypes(IOptions<ContentOptions> options)
{
    private readonly ContentOptions _options = options.Value;

    public Type PartType(string name) => _options.ContentPartOptionsLookup.GetValueOrDefault(name)?.Type ?? typeof(ContentPart);

    public ContentPart CreatePart(string name) => (ContentPart)Activator.CreateInstance(PartType(name))!;

    public ContentField CreateField(string name) =>
        (ContentField)Activator.CreateInstance(_options.ContentFieldOptionsLookup.GetValueOrDefault(name)?.Type ?? typeof(ContentField))!;
}

/// <summary>The handlers of parts, made once a request.</summary>
internal sealed class ContentPartHandlers(IServiceProvider services, IOptions<ContentOptions> options)
{
    private readonly ContentOptions _options = options.Value;
    private readonly Dictionary<string, IReadOnlyList<IContentPartHandler>> _handlers = [];

    public IReadOnlyList<IContentPartHandler> Of(string partName)
    {
        if (_handlers.TryGetValue(partName, out var known))
            return known;
        var types = _options.ContentPartOptionsLookup.GetValueOrDefault(partName)?.Handlers ?? [];
        return _handlers[partName] = types.Count == 0 ? [] : [.. types.Select(type => (IContentPartHandler)services.GetRequiredService(type))];
    }
}
