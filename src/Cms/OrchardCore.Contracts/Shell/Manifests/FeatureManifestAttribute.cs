namespace OrchardCore.Modules.Manifest;

/// <summary>Declares a feature of a module: what a tenant can enable or disable on its own.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public class FeatureAttribute : Attribute
{
    /// <summary>Declares a feature by its properties.</summary>
    public FeatureAttribute()
    {
    }

    /// <summary>True for a manifest that was declared, false for one made up because none was.</summary>
    public virtual bool Exists => true;

    /// <summary>The identifier, unique in the application. A module's default feature has the module's name.</summary>
    public virtual string Id { get; set; } = "";

    /// <summary>The name shown to an administrator; the id when empty.</summary>
    public virtual string Name { get; set; } = "";

    /// <summary>One sentence for an administrator.</summary>
    public virtual string Description { get; set; } = "";

    /// <summary>The group under which the feature is listed.</summary>
    public virtual string Category { get; set; } = "";

    /// <summary>Ids of the features that must be enabled before this one.</summary>
    public virtual string[] Dependencies { get; set; } = [];

    /// <summary>An integer as text; features with a higher number come later among independent ones.</summary>
    public virtual string Priority { get; set; } = "0";

    /// <summary>True when only the default tenant may enable it.</summary>
    public virtual bool DefaultTenantOnly { get; set; }

    /// <summary>True when every tenant has it and nobody can disable it.</summary>
    public virtual bool IsAlwaysEnabled { get; set; }

    /// <summary>True when it is enabled and disabled only together with a feature that depends on it.</summary>
    public virtual bool EnabledByDependencyOnly { get; set; }
}
