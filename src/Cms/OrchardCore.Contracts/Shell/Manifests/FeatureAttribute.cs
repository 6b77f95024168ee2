namespace OrchardCore.Modules;

/// <summary>Binds a startup class, controller or service to one feature of its module.</summary>
/// <param name="featureName">The id of the feature.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public class FeatureAttribute(string featureName) : Attribute
{
    /// <summary>The id of the feature.</summary>
    public string FeatureName { get; set; } = featureName;
}
