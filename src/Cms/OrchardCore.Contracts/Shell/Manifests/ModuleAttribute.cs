namespace OrchardCore.Modules.Manifest;

/// <summary>Declares an assembly to be a module, and its default feature.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false, Inherited = false)]
public class ModuleAttribute : FeatureAttribute
{
    /// <summary>Declares a module by its properties.</summary>
    public ModuleAttribute()
    {
    }

    /// <summary>The kind of extension: <c>Module</c> or <c>Theme</c>.</summary>
    public virtual string Type => GetType().Name.Replace(nameof(Attribute), "", StringComparison.Ordinal);

    /// <summary>Who made it.</summary>
    public virtual string Author { get; set; } = "";

    /// <summary>Where to read about it.</summary>
    public virtual string Website { get; set; } = "";

    /// <summary>The version, as <c>major.minor.patch</c>.</summary>
    public virtual string Version { get; set; } = "0.0";

    /// <summary>Words to find it by.</summary>
    public virtual string[] Tags { get; set; } = [];

    /// <summary>The features the assembly declares besides the default one; filled by the host.</summary>
    public virtual List<FeatureAttribute> Features { get; } = [];
}
