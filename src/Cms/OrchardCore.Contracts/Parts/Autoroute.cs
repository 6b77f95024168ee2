using OrchardCore.ContentManagement;
using YesSql.Indexes;

namespace OrchardCore.Autoroute.Models
{
    /// <summary>The path of a content item.</summary>
    public class AutoroutePart : ContentPart
    {
        /// <summary>The longest path, in characters.</summary>
        public const int MaxPathLength = 1024;

        /// <summary>The path without a leading slash; made from the title when empty.</summary>
        public string? Path { get; set; }

        /// <summary>Whether the item has no page of its own.</summary>
        public bool Disabled { get; set; }
    }

    /// <summary>The settings of the path in a content type.</summary>
    public class AutoroutePartSettings
    {
        /// <summary>Whether people may write the path.</summary>
        public bool AllowCustomPath { get; set; }

        /// <summary>The path of new items. Supported here: text and <c>{{ ContentItem.DisplayText | slugify }}</c>, <c>{{ ContentItem.ContentType | slugify }}</c>, <c>{{ ContentItem.ContentItemId }}</c>.</summary>
        public string Pattern { get; set; } = "{{ ContentItem.DisplayText | slugify }}";
    }
}

namespace OrchardCore.Autoroute.Core.Indexes
{
    /// <summary>The paths of content items.</summary>
    public class AutoroutePartIndex : MapIndex
    {
        /// <summary>The identifier of the document.</summary>
        public long DocumentId { get; set; }

        /// <summary>The identifier of the content item.</summary>
        public string? ContentItemId { get; set; }

        /// <summary>The path without slashes at its ends.</summary>
        public string? Path { get; set; }

        /// <summary>Whether the version is published.</summary>
        public bool Published { get; set; }

        /// <summary>Whether the version is the newest.</summary>
        public bool Latest { get; set; }
    }
}
