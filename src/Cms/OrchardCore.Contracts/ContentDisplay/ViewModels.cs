using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.Markdown.Models;
using OrchardCore.Title.Models;

namespace OrchardCore.Title.ViewModels
{
    /// <summary>What the title's templates show.</summary>
    public class TitlePartViewModel
    {
        /// <summary>The title.</summary>
        public string? Title { get; set; }

        /// <summary>The part.</summary>
        [BindNever, ValidateNever]
        public TitlePart TitlePart { get; set; } = null!;

        /// <summary>The part's settings.</summary>
        [BindNever, ValidateNever]
        public TitlePartSettings Settings { get; set; } = null!;

        /// <summary>The content item.</summary>
        [BindNever, ValidateNever]
        public ContentItem ContentItem => TitlePart.ContentItem;
    }
}

namespace OrchardCore.Markdown.ViewModels
{
    /// <summary>What the text's templates show.</summary>
    public class MarkdownBodyPartViewModel
    {
        /// <summary>The Markdown text.</summary>
        public string? Markdown { get; set; }

        /// <summary>The text as safe HTML.</summary>
        [BindNever, ValidateNever]
        public string? Html { get; set; }

        /// <summary>The part.</summary>
        [BindNever, ValidateNever]
        public MarkdownBodyPart MarkdownBodyPart { get; set; } = null!;

        /// <summary>The part as the content type uses it.</summary>
        [BindNever, ValidateNever]
        public ContentTypePartDefinition TypePartDefinition { get; set; } = null!;
    }
}

namespace OrchardCore.Autoroute.ViewModels
{
    /// <summary>What the path's editor shows.</summary>
    public class AutoroutePartViewModel
    {
        /// <summary>The path.</summary>
        public string? Path { get; set; }

        /// <summary>The part.</summary>
        [BindNever, ValidateNever]
        public AutoroutePart AutoroutePart { get; set; } = null!;

        /// <summary>The part's settings.</summary>
        [BindNever, ValidateNever]
        public AutoroutePartSettings Settings { get; set; } = null!;
    }
}

namespace OrchardCore.ContentFields.ViewModels
{
    /// <summary>What the text's template shows.</summary>
    public class DisplayTextFieldViewModel
    {
        /// <summary>The text.</summary>
        public string? Text => Field.Text;

        /// <summary>The field.</summary>
        public TextField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }

    /// <summary>What the text's editor shows.</summary>
    public class EditTextFieldViewModel
    {
        /// <summary>The text.</summary>
        public string? Text { get; set; }

        /// <summary>The field.</summary>
        [BindNever, ValidateNever]
        public TextField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        [BindNever, ValidateNever]
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        [BindNever, ValidateNever]
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }

    /// <summary>What the number's template shows.</summary>
    public class DisplayNumericFieldViewModel
    {
        /// <summary>The number.</summary>
        public decimal? Value => Field.Value;

        /// <summary>The field.</summary>
        public NumericField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }

    /// <summary>What the number's editor shows.</summary>
    public class EditNumericFieldViewModel
    {
        /// <summary>The number as typed.</summary>
        public string? Value { get; set; }

        /// <summary>The field.</summary>
        [BindNever, ValidateNever]
        public NumericField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        [BindNever, ValidateNever]
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        [BindNever, ValidateNever]
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }

    /// <summary>What the yes-or-no template shows.</summary>
    public class DisplayBooleanFieldViewModel
    {
        /// <summary>Whether it is yes.</summary>
        public bool Value => Field.Value;

        /// <summary>The field.</summary>
        public BooleanField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }

    /// <summary>What the yes-or-no editor shows.</summary>
    public class EditBooleanFieldViewModel
    {
        /// <summary>Whether it is yes.</summary>
        public bool Value { get; set; }

        /// <summary>The field.</summary>
        [BindNever, ValidateNever]
        public BooleanField Field { get; set; } = null!;

        /// <summary>The part that has it.</summary>
        [BindNever, ValidateNever]
        public ContentPart Part { get; set; } = null!;

        /// <summary>The field as the part uses it.</summary>
        [BindNever, ValidateNever]
        public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;
    }
}
