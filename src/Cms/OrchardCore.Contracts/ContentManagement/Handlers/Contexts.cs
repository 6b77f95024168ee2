using System.ComponentModel.DataAnnotations;
using OrchardCore.ContentManagement.Metadata.Models;

namespace OrchardCore.ContentManagement.Handlers;

/// <summary>What a handler is told.</summary>
public abstract class ContentContextBase
{
    /// <summary>Creates a context of an item.</summary>
    protected ContentContextBase(ContentItem contentItem) => ContentItem = contentItem;

    /// <summary>The content item.</summary>
    public ContentItem ContentItem { get; }
}

/// <summary>A new item gets its parts.</summary>
public class ActivatingContentContext(ContentItem contentItem) : ContentContextBase(contentItem)
{
    /// <summary>The name of the type.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>The definition of the type.</summary>
    public ContentTypeDefinition Definition { get; set; } = null!;
}

/// <summary>A new item has its parts.</summary>
public class ActivatedContentContext(ContentItem contentItem) : ContentContextBase(contentItem);

/// <summary>A new item gets its first values.</summary>
public class InitializingContentContext(ContentItem contentItem) : ContentContextBase(contentItem);

/// <summary>A new item is stored.</summary>
public class CreateContentContext(ContentItem contentItem) : ContentContextBase(contentItem);

/// <summary>An item is loaded.</summary>
public class LoadContentContext(ContentItem contentItem) : ContentContextBase(contentItem);

/// <summary>An item is imported.</summary>
public class ImportContentContext : ContentContextBase
{
    /// <summary>Creates a context of an item that may replace another.</summary>
    public ImportContentContext(ContentItem contentItem, ContentItem? originalContentItem = null) : base(contentItem) =>
        OriginalContentItem = originalContentItem;

    /// <summary>The stored item that is replaced; null for none.</summary>
    public ContentItem? OriginalContentItem { get; set; }
}

/// <summary>Changes of an item are stored.</summary>
public class UpdateContentContext : ContentContextBase
{
    /// <summary>Creates a context of an item.</summary>
    public UpdateContentContext(ContentItem contentItem) : base(contentItem) => UpdatingItem = contentItem;

    /// <summary>The changed item.</summary>
    public ContentItem UpdatingItem { get; set; }
}

/// <summary>A draft is stored.</summary>
public class SaveDraftContentContext(ContentItem contentItem) : ContentContextBase(contentItem);

/// <summary>A version is copied.</summary>
public class VersionContentContext : ContentContextBase
{
    /// <summary>Creates a context of a version and its copy.</summary>
    public VersionContentContext(ContentItem contentItem, ContentItem buildingContentItem) : base(contentItem) => BuildingContentItem = buildingContentItem;

    /// <summary>The new version.</summary>
    public ContentItem BuildingContentItem { get; set; }
}

/// <summary>An item is copied.</summary>
public class CloneContentContext : ContentContextBase
{
    /// <summary>Creates a context of an item and its copy.</summary>
    public CloneContentContext(ContentItem contentItem, ContentItem cloneContentItem) : base(contentItem) => CloneContentItem = cloneContentItem;

    /// <summary>The copy.</summary>
    public ContentItem CloneContentItem { get; set; }
}

/// <summary>A version is published or unpublished.</summary>
public class PublishContentContext : ContentContextBase
{
    /// <summary>Creates a context of a version and the one it follows.</summary>
    public PublishContentContext(ContentItem contentItem, ContentItem? previousContentItem) : base(contentItem) =>
        (PublishingItem, PreviousItem) = (contentItem, previousContentItem);

    /// <summary>The version that is published; null when one is unpublished.</summary>
    public ContentItem? PublishingItem { get; set; }

    /// <summary>The version that was published before; null for none.</summary>
    public ContentItem? PreviousItem { get; set; }

    /// <summary>Set to refuse.</summary>
    public bool Cancel { get; set; }
}

/// <summary>An item is deleted.</summary>
public class RemoveContentContext : ContentContextBase
{
    /// <summary>Creates a context of a version.</summary>
    public RemoveContentContext(ContentItem contentItem, bool noActiveVersionLeft = false) : base(contentItem) => NoActiveVersionLeft = noActiveVersionLeft;

    /// <summary>Whether the item has no latest and no published version any more.</summary>
    public bool NoActiveVersionLeft { get; }
}

/// <summary>An item is checked.</summary>
public class ValidateContentContext(ContentItem contentItem) : ContentContextBase(contentItem)
{
    /// <summary>What was found so far.</summary>
    public ContentValidateResult ContentValidateResult { get; internal set; } = new();
}

/// <summary>A part of an item is checked.</summary>
public class ValidateContentPartContext(ContentItem contentItem) : ValidateContentContext(contentItem)
{
    /// <summary>How the type uses the part.</summary>
    public ContentTypePartDefinition ContentTypePartDefinition { get; set; } = null!;
}

/// <summary>What the checks of an item found.</summary>
public class ContentValidateResult
{
    private readonly List<ValidationResult> _errors = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool Succeeded { get; private set; } = true;

    /// <summary>What is wrong, with the names of the members.</summary>
    public IReadOnlyList<ValidationResult> Errors => _errors;

    /// <summary>Adds something that is wrong.</summary>
    public void Fail(ValidationResult error)
    {
        Succeeded = false;
        _errors.Add(error);
    }
}

/// <summary>Shorter ways to say what is wrong.</summary>
public static class ValidateContentContextExtensions
{
    /// <summary>Adds something that is wrong.</summary>
    public static void Fail(this ValidateContentContext context, ValidationResult error) => context.ContentValidateResult.Fail(error);

    /// <summary>Adds something that is wrong with members.</summary>
    public static void Fail(this ValidateContentContext context, string errorMessage, params string[] memberNames) =>
        context.Fail(new ValidationResult(errorMessage, memberNames));
}

/// <summary>Shorter ways to say what is wrong with a part.</summary>
public static class ValidateContentPartContextExtensions
{
    /// <summary>Adds something that is wrong with a property of the part.</summary>
    public static void Fail(this ValidateContentPartContext context, string errorMessage, string propertyName) =>
        context.ContentValidateResult.Fail(new ValidationResult(errorMessage, [$"{context.ContentTypePartDefinition.Name}.{propertyName}"]));
}

/// <summary>An aspect of an item is asked for.</summary>
public class ContentItemAspectContext
{
    /// <summary>The item.</summary>
    public ContentItem ContentItem { get; set; } = null!;

    /// <summary>The object to fill.</summary>
    public object Aspect { get; set; } = null!;

    /// <summary>Runs the action when the aspect is of its type.</summary>
    public async Task<ContentItemAspectContext> ForAsync<TAspect>(Func<TAspect, Task> action)
    {
        if (Aspect is TAspect aspect)
            await action(aspect);
        return this;
    }
}
