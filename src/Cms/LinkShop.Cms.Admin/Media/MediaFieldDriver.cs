using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardCore.Media.Fields;
using OrchardCore.Media.Settings;
using OrchardCore.Mvc.ModelBinding;

namespace LinkShop.Cms.Admin.Media;

public class MediaFieldViewModel
{
    public MediaField Field { get; set; } = null!;

    public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;

    public IReadOnlyList<MediaItem> Items { get; set; } = [];
}

public sealed record MediaItem(string Path, string Url, string Text, bool IsPicture);

public class MediaFieldEditViewModel
{
    public List<string> Paths { get; set; } = [];

    public List<string?> Texts { get; set; } = [];

    /// <summary>The files that stay; one whose box was unticked goes.</summary>
    public List<string> Kept { get; set; } = [];

    [BindNever, ValidateNever]
    public ContentPartFieldDefinition PartFieldDefinition { get; set; } = null!;

    [BindNever, ValidateNever]
    public IReadOnlyList<MediaItem> Items { get; set; } = [];

    [BindNever, ValidateNever]
    public MediaFieldSettings Settings { get; set; } = new();
}

/// <summary>Shows the files of a field, and lets an editor upload, describe and remove them.</summary>
internal sealed class MediaFieldDriver(IMediaFileStore store, IHttpContextAccessor accessor, IStringLocalizer<MediaFieldDriver> S) : ContentFieldDisplayDriver<MediaField>
{
    private const long MaxBytes = 10 * 1024 * 1024;

    public override IDisplayResult Display(MediaField field, BuildFieldDisplayContext fieldDisplayContext)
        => Initialize<MediaFieldViewModel>(GetDisplayShapeType(fieldDisplayContext), model =>
        {
            model.Field = field;
            model.PartFieldDefinition = fieldDisplayContext.PartFieldDefinition;
            model.Items = Items(field);
        }).Location("Detail", "Content").Location("Summary", "Content");

    public override IDisplayResult Edit(MediaField field, BuildFieldEditorContext context)
        => Initialize<MediaFieldEditViewModel>(GetEditorShapeType(context), model =>
        {
            model.PartFieldDefinition = context.PartFieldDefinition;
            model.Settings = context.PartFieldDefinition.GetSettings<MediaFieldSettings>();
            model.Items = Items(field);
        });

    public override async Task<IDisplayResult?> UpdateAsync(MediaField field, UpdateFieldEditorContext context)
    {
        var model = new MediaFieldEditViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Paths, m => m.Texts, m => m.Kept);
        var files = new List<(string Path, string Text)>();
        for (var i = 0; i < model.Paths.Count; i++)
            if (model.Kept.Contains(model.Paths[i]) && MediaPath.Normalize(model.Paths[i]) is { } path) files.Add((path, model.Texts.ElementAtOrDefault(i) ?? ""));
        var settings = context.PartFieldDefinition.GetSettings<MediaFieldSettings>();
        foreach (var upload in accessor.HttpContext?.Request.Form.Files.GetFiles(Prefix + ".Upload") ?? [])
        {
            if (upload.Length == 0) continue;
            if (await SaveAsync(upload, context) is not { } path) continue;
            if (!settings.Multiple) files.Clear();
            files.Add((path, ""));
        }

        if (settings.Required && files.Count == 0)
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Paths), S["{0}: choose a file.", context.PartFieldDefinition.DisplayName()]);
        field.Paths = [.. files.Select(file => file.Path)];
        field.MediaTexts = [.. files.Select(file => file.Text)];
        return await EditAsync(field, context);
    }

    private async Task<string?> SaveAsync(IFormFile upload, UpdateFieldEditorContext context)
    {
        var name = MediaPath.NameFor(upload.FileName);
        var errors = context.Updater.ModelState;
        if (MediaPath.ContentTypeOf(name) is null) errors.AddModelError(Prefix, "Upload", S["{0}: files of this kind aren't allowed.", upload.FileName]);
        else if (upload.Length > MaxBytes) errors.AddModelError(Prefix, "Upload", S["{0}: the file is larger than {1} MB.", upload.FileName, MaxBytes / 1024 / 1024]);
        else
        {
            await using var content = upload.OpenReadStream();
            try
            {
                // A folder of its own keeps the readable name without ever overwriting another file.
                return await store.CreateFileFromStreamAsync($"{context.TypePartDefinition.ContentTypeDefinition.Name}/{Users.UserStore.NewId()[..10]}/{name}", content);
            }
            catch (FileStoreException exception)
            {
                errors.AddModelError(Prefix, "Upload", exception.Message);
            }
        }

        return null;
    }

    private List<MediaItem> Items(MediaField field) => [.. (field.Paths ?? []).Select((path, i) => new MediaItem(
        path, store.MapPathToPublicUrl(path), field.MediaTexts?.ElementAtOrDefault(i) ?? "", MediaPath.ContentTypeOf(path)?.StartsWith("image/", StringComparison.Ordinal) == true))];
}
