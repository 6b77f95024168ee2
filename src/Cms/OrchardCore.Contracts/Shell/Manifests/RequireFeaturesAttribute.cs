using System.Reflection;

namespace OrchardCore.Modules;

/// <summary>Makes a startup class count only when other features are enabled too.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public class RequireFeaturesAttribute : Attribute
{
    /// <summary>Requires one feature.</summary>
    /// <param name="featureName">The id of the feature.</param>
    public RequireFeaturesAttribute(string featureName) => RequiredFeatureNames = [featureName];

    /// <summary>Requires several features.</summary>
    /// <param name="featureName">The id of the first feature.</param>
    /// <param name="otherFeatureNames">The ids of the others.</param>
    public RequireFeaturesAttribute(string featureName, params string[] otherFeatureNames)
        => RequiredFeatureNames = [featureName, .. otherFeatureNames];

    /// <summary>The ids of the required features.</summary>
    public IList<string> RequiredFeatureNames { get; }

    /// <summary>The ids that a type requires; empty when it has no such attribute.</summary>
    /// <param name="type">The type to look at.</param>
    public static IList<string> GetRequiredFeatureNamesForType(Type type)
        => type.GetCustomAttribute<RequireFeaturesAttribute>()?.RequiredFeatureNames ?? [];
}
