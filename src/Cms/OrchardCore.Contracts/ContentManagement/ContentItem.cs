using System.Text.Json.Serialization;

namespace OrchardCore.ContentManagement;

/// <summary>One version of a piece of content.</summary>
[JsonConverter(typeof(ContentItemConverter))]
public class ContentItem : ContentElement
{
    /// <summary>Creates an empty content item. <see cref="IContentManager.NewAsync"/> makes one with its type's parts.</summary>
    public ContentItem() => ContentItem = this;

    /// <summary>The identifier of the stored document; 0 for one that isn't stored.</summary>
    public long Id { get; set; }

    /// <summary>The identifier all versions share.</summary>
    public string ContentItemId { get; set; } = null!;

    /// <summary>The identifier of this version.</summary>
    public string ContentItemVersionId { get; set; } = null!;

    /// <summary>The name of the content type.</summary>
    public string ContentType { get; set; } = null!;

    /// <summary>Whether this is the published version.</summary>
    public bool Published { get; set; }

    /// <summary>Whether this is the newest version.</summary>
    public bool Latest { get; set; }

    /// <summary>When this version was last changed.</summary>
    public DateTime? ModifiedUtc { get; set; }

    /// <summary>When this version was published; null for never.</summary>
    public DateTime? PublishedUtc { get; set; }

    /// <summary>When the first version was created.</summary>
    public DateTime? CreatedUtc { get; set; }

    /// <summary>The identifier of the user it belongs to.</summary>
    public string? Owner { get; set; }

    /// <summary>The name of the user who made this version.</summary>
    public string? Author { get; set; }

    /// <summary>What lists and links show.</summary>
    public string? DisplayText { get; set; }
}
