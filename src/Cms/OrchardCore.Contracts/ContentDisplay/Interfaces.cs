using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.ContentManagement.Display
{
    /// <summary>Builds the shape of a content item from the drivers of the item, its parts and their fields.</summary>
    public interface IContentItemDisplayManager
    {
        /// <summary>The shape to show.</summary>
        Task<IShape> BuildDisplayAsync(ContentItem content, IUpdateModel updater, string displayType = "", string groupId = "");

        /// <summary>The shape to edit.</summary>
        Task<IShape> BuildEditorAsync(ContentItem content, IUpdateModel updater, bool isNew, string groupId = "", string htmlFieldPrefix = "");

        /// <summary>Takes the posted form into the item; errors are in the updater's model state.</summary>
        Task<IShape> UpdateEditorAsync(ContentItem content, IUpdateModel updater, bool isNew, string groupId = "", string htmlFieldPrefix = "");
    }
}

namespace OrchardCore.ContentManagement.Display.ContentDisplay
{
    /// <summary>Gives shapes of whole content items.</summary>
    public interface IContentDisplayDriver : IDisplayDriver<ContentItem, BuildDisplayContext, BuildEditorContext, UpdateEditorContext>
    {
    }

    /// <summary>Base of drivers of whole content items.</summary>
    public abstract class ContentDisplayDriver : DisplayDriver<ContentItem, BuildDisplayContext, BuildEditorContext, UpdateEditorContext>, IContentDisplayDriver
    {
    }

    /// <summary>Adds shapes to a content item's shape.</summary>
    public interface IContentDisplayHandler
    {
        /// <summary>Adds shapes to show.</summary>
        Task BuildDisplayAsync(ContentItem contentItem, BuildDisplayContext context);

        /// <summary>Adds shapes to edit.</summary>
        Task BuildEditorAsync(ContentItem contentItem, BuildEditorContext context);

        /// <summary>Takes the posted form, then adds shapes to edit.</summary>
        Task UpdateEditorAsync(ContentItem contentItem, UpdateEditorContext context);
    }

    /// <summary>Gives shapes of a part.</summary>
    public interface IContentPartDisplayDriver
    {
        /// <summary>Shapes to show; null for none.</summary>
        Task<IDisplayResult?> BuildDisplayAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, BuildDisplayContext context);

        /// <summary>Shapes to edit; null for none.</summary>
        Task<IDisplayResult?> BuildEditorAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, BuildEditorContext context);

        /// <summary>Takes the posted form, then the shapes to edit; null for none.</summary>
        Task<IDisplayResult?> UpdateEditorAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, UpdateEditorContext context);
    }

    /// <summary>Gives shapes of a field.</summary>
    public interface IContentFieldDisplayDriver
    {
        /// <summary>Shapes to show; null for none.</summary>
        Task<IDisplayResult?> BuildDisplayAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, BuildDisplayContext context);

        /// <summary>Shapes to edit; null for none.</summary>
        Task<IDisplayResult?> BuildEditorAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, BuildEditorContext context);

        /// <summary>Takes the posted form, then the shapes to edit; null for none.</summary>
        Task<IDisplayResult?> UpdateEditorAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, UpdateEditorContext context);
    }
}
