using OrchardCore.Modules.Manifest;

namespace OrchardCore.DisplayManagement.Manifest;

/// <summary>Declares an assembly to be a theme.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false, Inherited = false)]
public class ThemeAttribute : ModuleAttribute
{
    /// <summary>Declares a theme by its properties.</summary>
    public ThemeAttribute()
    {
    }

    /// <summary>The id of the theme whose templates are used where this one has none; empty for none.</summary>
    public virtual string BaseTheme { get; set; } = "";
}
