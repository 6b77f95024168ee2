using OrchardCore.Modules.Manifest;

namespace OrchardCore.Environment.Extensions;

/// <summary>What a module's manifest says.</summary>
public interface IManifestInfo
{
    /// <summary>False when there is no manifest.</summary>
    bool Exists { get; }

    /// <summary>The name shown to an administrator.</summary>
    string Name { get; }

    /// <summary>One sentence for an administrator.</summary>
    string Description { get; }

    /// <summary><c>Module</c> or <c>Theme</c>.</summary>
    string Type { get; }

    /// <summary>Who made it.</summary>
    string Author { get; }

    /// <summary>Where to read about it.</summary>
    string Website { get; }

    /// <summary>The version, as the manifest says it.</summary>
    string Version { get; }

    /// <summary>Words to find it by.</summary>
    IEnumerable<string> Tags { get; }

    /// <summary>The attribute itself.</summary>
    ModuleAttribute ModuleInfo { get; }
}
