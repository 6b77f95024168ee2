namespace OrchardCore.Environment.Shell.Models;

/// <summary>Where a tenant is in its life.</summary>
public enum TenantState
{
    /// <summary>Created, not set up.</summary>
    Uninitialized,

    /// <summary>Being set up.</summary>
    Initializing,

    /// <summary>Serving.</summary>
    Running,

    /// <summary>Set up but switched off.</summary>
    Disabled,

    /// <summary>Its settings cannot be read.</summary>
    Invalid,
}
