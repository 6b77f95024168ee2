using System.Text.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Localization;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Admin.Media;

/// <summary>The recipe step <c>media</c>: writes files that come in the recipe (Base64) or lie next to it (SourcePath).</summary>
internal sealed class MediaStep(IMediaFileStore store, IStringLocalizer<MediaStep> S) : NamedRecipeStepHandler("media")
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        try
        {
            var model = context.Step.Deserialize<StepModel>(s_options);
            foreach (var file in model?.Files ?? []) await WriteAsync(file, context);
        }
        catch (JsonException exception)
        {
            context.Errors.Add(S["The step 'media' can't be read: {0}", exception.Message]);
        }
    }

    private async Task WriteAsync(FileEntry file, RecipeExecutionContext context)
    {
        try
        {
            await using var content = Open(file, context);
            if (content is not null) await store.CreateFileFromStreamAsync(file.TargetPath, content, overwrite: true);
        }
        catch (Exception exception) when (exception is FileStoreException or FormatException)
        {
            context.Errors.Add(S["The media file '{0}' can't be written: {1}", file.TargetPath, exception.Message]);
        }
    }

    private Stream? Open(FileEntry file, RecipeExecutionContext context)
    {
        if (!string.IsNullOrEmpty(file.Base64)) return new MemoryStream(Convert.FromBase64String(file.Base64));
        if (MediaPath.Normalize(file.SourcePath) is not { } source)
        {
            context.Errors.Add(S["The media file '{0}' needs either Base64 or a SourcePath next to the recipe.", file.TargetPath]);
            return null;
        }

        var recipe = context.RecipeDescriptor;
        var found = recipe.FileProvider?.GetFileInfo(Combine(recipe.BasePath, source)) ?? new NotFoundFileInfo(source);
        if (found.Exists) return found.CreateReadStream();
        context.Errors.Add(S["The media file '{0}' names the source '{1}', which doesn't exist.", file.TargetPath, source]);
        return null;
    }

    private static string Combine(string? folder, string path) => string.IsNullOrEmpty(folder) ? path : $"{folder.TrimEnd('/', '\\')}/{path}";

    private sealed class StepModel
    {
        public FileEntry[] Files { get; set; } = [];
    }

    private sealed class FileEntry
    {
        public string TargetPath { get; set; } = "";

        public string? SourcePath { get; set; }

        public string? Base64 { get; set; }
    }
}
