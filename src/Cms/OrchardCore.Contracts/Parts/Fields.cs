using OrchardCore.ContentManagement;

namespace OrchardCore.ContentFields.Fields
{
    /// <summary>A text.</summary>
    public class TextField : ContentField
    {
        /// <summary>The text.</summary>
        public string? Text { get; set; }
    }

    /// <summary>A number.</summary>
    public class NumericField : ContentField
    {
        /// <summary>The number.</summary>
        public decimal? Value { get; set; }
    }

    /// <summary>Yes or no.</summary>
    public class BooleanField : ContentField
    {
        /// <summary>Whether it is yes.</summary>
        public bool Value { get; set; }
    }
}

namespace OrchardCore.ContentFields.Settings
{
    /// <summary>The settings of a text field.</summary>
    public class TextFieldSettings
    {
        /// <summary>A help text.</summary>
        public string? Hint { get; set; }

        /// <summary>Whether a text must be given.</summary>
        public bool Required { get; set; }
    }

    /// <summary>The settings of a number field.</summary>
    public class NumericFieldSettings
    {
        /// <summary>A help text.</summary>
        public string? Hint { get; set; }

        /// <summary>Whether a number must be given.</summary>
        public bool Required { get; set; }

        /// <summary>How many digits after the point.</summary>
        public int Scale { get; set; }

        /// <summary>The smallest number.</summary>
        public decimal? Minimum { get; set; }

        /// <summary>The largest number.</summary>
        public decimal? Maximum { get; set; }
    }

    /// <summary>The settings of a yes-or-no field.</summary>
    public class BooleanFieldSettings
    {
        /// <summary>A help text.</summary>
        public string? Hint { get; set; }

        /// <summary>What stands next to the box.</summary>
        public string? Label { get; set; }

        /// <summary>The value of new items.</summary>
        public bool DefaultValue { get; set; }
    }
}
