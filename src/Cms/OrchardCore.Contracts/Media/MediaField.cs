using OrchardCore.ContentManagement;

namespace OrchardCore.Media.Fields
{
    /// <summary>A field that names media files.</summary>
    public class MediaField : ContentField
    {
        /// <summary>The files' paths in the media store.</summary>
        public string[] Paths { get; set; } = [];

        /// <summary>The alternative text of each file.</summary>
        public string[] MediaTexts { get; set; } = [];
    }
}

namespace OrchardCore.Media.Settings
{
    /// <summary>How a media field is edited.</summary>
    public class MediaFieldSettings
    {
        /// <summary>Shown under the field.</summary>
        public string? Hint { get; set; }

        /// <summary>Whether a file must be chosen.</summary>
        public bool Required { get; set; }

        /// <summary>Whether several files can be chosen.</summary>
        public bool Multiple { get; set; } = true;
    }
}
