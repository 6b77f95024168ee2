using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Routing;

namespace OrchardCore.ContentManagement
{
    /// <summary>Where a content item is shown, edited, created and removed.</summary>
    public class ContentItemMetadata
    {
        /// <summary>The route of its page.</summary>
        public RouteValueDictionary? DisplayRouteValues { get; set; }

        /// <summary>The route of its editor.</summary>
        public RouteValueDictionary? EditorRouteValues { get; set; }

        /// <summary>The route that creates one of its type.</summary>
        public RouteValueDictionary? CreateRouteValues { get; set; }

        /// <summary>The route that removes it.</summary>
        public RouteValueDictionary? RemoveRouteValues { get; set; }

        /// <summary>The route a list in the admin links to.</summary>
        public RouteValueDictionary? AdminRouteValues { get; set; }
    }
}

namespace OrchardCore.ContentManagement.Models
{
    /// <summary>The main text of a content item, safe to render.</summary>
    public class BodyAspect
    {
        /// <summary>The text as HTML.</summary>
        public IHtmlContent? Body { get; set; }
    }
}

namespace OrchardCore.ContentManagement.Routing
{
    /// <summary>A path and the content item it shows.</summary>
    public class AutorouteEntry
    {
        /// <summary>The identifier of the content item.</summary>
        public string ContentItemId;

        /// <summary>The path, starting with a slash.</summary>
        public string Path;

        /// <summary>Creates an entry.</summary>
        public AutorouteEntry(string contentItemId, string path, string? containedContentItemId = null, string? jsonPath = null)
        {
            ContentItemId = contentItemId;
            Path = "/" + path.Trim('/');
            ContainedContentItemId = containedContentItemId;
            JsonPath = jsonPath;
        }

        /// <summary>The identifier of the document.</summary>
        public long DocumentId;

        /// <summary>The item inside the content item that is shown; null for the item itself.</summary>
        public string? ContainedContentItemId;

        /// <summary>Where the contained item is.</summary>
        public string? JsonPath;
    }

    /// <summary>The paths of a tenant's published content items.</summary>
    public interface IAutorouteEntries
    {
        /// <summary>Finds by path (letter case doesn't matter).</summary>
        Task<(bool, AutorouteEntry?)> TryGetEntryByPathAsync(string path);

        /// <summary>Finds by content item.</summary>
        Task<(bool, AutorouteEntry?)> TryGetEntryByContentItemIdAsync(string contentItemId);

        /// <summary>Reads the paths anew.</summary>
        Task UpdateEntriesAsync();
    }

    /// <summary>The route that content items with a path are shown by.</summary>
    public class AutorouteOptions
    {
        /// <summary>The route values every path has, such as area, controller and action.</summary>
        public RouteValueDictionary GlobalRouteValues { get; set; } = [];

        /// <summary>The name of the route value that has the content item's identifier.</summary>
        public string ContentItemIdKey { get; set; } = "";

        /// <summary>The name of the route value that has a contained item's identifier.</summary>
        public string ContainedContentItemIdKey { get; set; } = "";

        /// <summary>The name of the route value that has a contained item's JSON path.</summary>
        public string JsonPathKey { get; set; } = "";
    }
}

namespace OrchardCore.ContentManagement.Records
{
    using YesSql.Indexes;

    /// <summary>By what content items are found.</summary>
    public class ContentItemIndex : MapIndex
    {
        /// <summary>The identifier of the document.</summary>
        public long DocumentId { get; set; }

        /// <summary>The identifier all versions share.</summary>
        public string ContentItemId { get; set; } = "";

        /// <summary>The identifier of the version.</summary>
        public string ContentItemVersionId { get; set; } = "";

        /// <summary>Whether it is the newest version.</summary>
        public bool Latest { get; set; }

        /// <summary>Whether it is the published version.</summary>
        public bool Published { get; set; }

        /// <summary>The name of the content type.</summary>
        public string ContentType { get; set; } = "";

        /// <summary>When the version was last changed.</summary>
        public DateTime? ModifiedUtc { get; set; }

        /// <summary>When the version was published.</summary>
        public DateTime? PublishedUtc { get; set; }

        /// <summary>When the first version was created.</summary>
        public DateTime? CreatedUtc { get; set; }

        /// <summary>The identifier of the user it belongs to.</summary>
        public string? Owner { get; set; }

        /// <summary>The name of the user who made the version.</summary>
        public string? Author { get; set; }

        /// <summary>What lists show, cut to 255 characters.</summary>
        public string? DisplayText { get; set; }
    }
}
