using OrchardCore.ContentManagement;

namespace OrchardCore.Title.Models;

/// <summary>The title of a content item.</summary>
public class TitlePart : ContentPart
{
    /// <summary>The title.</summary>
    public string? Title { get; set; }
}

/// <summary>Whether people write the title.</summary>
public enum TitlePartOptions
{
    /// <summary>They may.</summary>
    Editable,

    /// <summary>It is made from a pattern and not shown in the editor.</summary>
    GeneratedHidden,

    /// <summary>It is made from a pattern and shown in the editor.</summary>
    GeneratedDisabled,

    /// <summary>They must.</summary>
    EditableRequired,
}

/// <summary>The settings of the title in a content type.</summary>
public class TitlePartSettings
{
    /// <summary>Whether people write the title.</summary>
    public TitlePartOptions Options { get; set; } = TitlePartOptions.Editable;

    /// <summary>Whether the page shows the title.</summary>
    public bool RenderTitle { get; set; } = true;
}
