using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>A module or theme.</summary>
public interface IExtensionInfo
{
    /// <summary>The assembly's name.</summary>
    string Id { get; }

    /// <summary>The path under which its files are addressed, <c>Areas/{Id}</c>.</summary>
    string SubPath { get; }

    /// <summary>False for an extension that was asked for but is not there.</summary>
    bool Exists { get; }

    /// <summary>What its manifest says.</summary>
    IManifestInfo Manifest { get; }

    /// <summary>Its features.</summary>
    IEnumerable<IFeatureInfo> Features { get; }
}
