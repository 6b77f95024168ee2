namespace OrchardCore.Abstractions.Setup;

/// <summary>Names of the values given to a set-up.</summary>
public static class SetupConstants
{
    /// <summary>The e-mail address of the administrator.</summary>
    public const string AdminEmail = nameof(AdminEmail);

    /// <summary>The password of the administrator.</summary>
    public const string AdminPassword = nameof(AdminPassword);

    /// <summary>The id of the administrator's account.</summary>
    public const string AdminUserId = nameof(AdminUserId);

    /// <summary>The name of the administrator's account.</summary>
    public const string AdminUsername = nameof(AdminUsername);

    /// <summary>The kind of database.</summary>
    public const string DatabaseProvider = nameof(DatabaseProvider);

    /// <summary>The site's name.</summary>
    public const string SiteName = nameof(SiteName);

    /// <summary>The site's time zone, as an IANA id.</summary>
    public const string SiteTimeZone = nameof(SiteTimeZone);
}
