using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Builders;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Views;

namespace LinkShop.Samples.Module;

public class SamplePart : ContentPart
{
    public string? Note { get; set; }

    public string? Secret { get; set; } = "kept";
}

public class SamplePartViewModel
{
    [Required]
    public string? Note { get; set; }

    [BindNever, ValidateNever]
    public SamplePart Part { get; set; } = null!;
}

internal sealed class SamplePartDriver : ContentPartDisplayDriver<SamplePart>
{
    public override IDisplayResult Display(SamplePart part, BuildPartDisplayContext context) => Combine(
        Initialize<SamplePartViewModel>("SamplePart", model => Fill(model, part)).Location("Detail", "Content:10").Location("Summary", "Content:10"),
        Initialize<SamplePartViewModel>("SampleFooter", model => Fill(model, part)).Location("Detail", "Content:20"));

    public override IDisplayResult Edit(SamplePart part, BuildPartEditorContext context) =>
        Initialize<SamplePartViewModel>(GetEditorShapeType(context), model => Fill(model, part));

    public override async Task<IDisplayResult?> UpdateAsync(SamplePart part, UpdatePartEditorContext context)
    {
        var model = new SamplePartViewModel();
        if (await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Note))
            part.Note = model.Note;

        return Edit(part, context);
    }

    private static void Fill(SamplePartViewModel model, SamplePart part) => (model.Note, model.Part) = (part.Note, part);
}

internal sealed class Migrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(SamplePart), part => part.Attachable());
        await definitions.AlterTypeDefinitionAsync("Sample", type => type
            .DisplayedAs("Sample").Creatable()
            .WithPart("TitlePart", part => part.WithPosition("0"))
            .WithPart(nameof(SamplePart), part => part.WithPosition("1"))
            .WithPart("Second", nameof(SamplePart), part => part.WithPosition("2")));
        await definitions.AlterTypeDefinitionAsync("Other", type => type.WithPart(nameof(SamplePart)));
        return 1;
    }
}
