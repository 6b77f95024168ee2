namespace OrchardCore.Environment.Extensions.Features;

/// <summary>A feature as the host knows it.</summary>
public interface IFeatureInfo
{
    /// <summary>The id.</summary>
    string Id { get; }

    /// <summary>The name shown to an administrator.</summary>
    string Name { get; }

    /// <summary>Its place among independent features; lower first.</summary>
    int Priority { get; }

    /// <summary>The group under which it is listed.</summary>
    string Category { get; }

    /// <summary>One sentence for an administrator.</summary>
    string Description { get; }

    /// <summary>True when only the default tenant may enable it.</summary>
    bool DefaultTenantOnly { get; }

    /// <summary>The module or theme that declares it.</summary>
    IExtensionInfo Extension { get; }

    /// <summary>Ids of the features it needs.</summary>
    string[] Dependencies { get; }

    /// <summary>True when every tenant has it.</summary>
    bool IsAlwaysEnabled { get; }

    /// <summary>True when it comes and goes only with a feature that depends on it.</summary>
    bool EnabledByDependencyOnly { get; }
}
