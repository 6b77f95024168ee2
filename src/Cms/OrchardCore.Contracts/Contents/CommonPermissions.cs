using OrchardCore.Security.Permissions;

namespace OrchardCore.Contents;

/// <summary>Permissions on content items. With a content item or type's name as resource they can be granted per type.</summary>
public static class CommonPermissions
{
    /// <summary>May publish everybody's content.</summary>
    public static readonly Permission PublishContent = new("PublishContent", "Publish or unpublish content for others");

    /// <summary>May edit everybody's content.</summary>
    public static readonly Permission EditContent = new("EditContent", "Edit content for others", [PublishContent]);

    /// <summary>May delete everybody's content.</summary>
    public static readonly Permission DeleteContent = new("DeleteContent", "Delete content for others");

    /// <summary>May see published content.</summary>
    public static readonly Permission ViewContent = new("ViewContent", "View all content", [EditContent]);

    /// <summary>May see drafts.</summary>
    public static readonly Permission PreviewContent = new("PreviewContent", "Preview content", [EditContent]);

    /// <summary>May list content in the admin.</summary>
    public static readonly Permission ListContent = new("ListContent", "List content items", [EditContent]);
}

/// <summary>Permissions on content types.</summary>
public static class ContentTypesPermissions
{
    /// <summary>May change content types.</summary>
    public static readonly Permission EditContentTypes = new("EditContentTypes", "Edit content types.", isSecurityCritical: true);

    /// <summary>May see content types.</summary>
    public static readonly Permission ViewContentTypes = new("ViewContentTypes", "View content types.", [EditContentTypes]);
}
