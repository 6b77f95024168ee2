using OrchardCore.Security.Permissions;

namespace OrchardCore.Settings;

/// <summary>Permissions on the site settings.</summary>
public static class SettingsPermissions
{
    /// <summary>May change settings.</summary>
    public static readonly Permission ManageSettings = new("ManageSettings", "Manage settings");

    /// <summary>May change a group of settings; the resource is the group's id.</summary>
    public static readonly Permission ManageGroupSettings = new("ManageResourceSettings", "Manage settings", [ManageSettings]);
}
