using OrchardCore.Security.Permissions;

namespace OrchardCore.Media;

/// <summary>Permissions on media files.</summary>
public static class MediaPermissions
{
    /// <summary>May upload and delete media files.</summary>
    public static readonly Permission ManageMedia = new("ManageMediaContent", "Manage Media");
}
