using LinkShop.Cms.Shell.Catalog;
using OrchardCore.Environment.Shell.Builders;

namespace LinkShop.Cms.Shell.Blueprints;

/// <summary>Singleton in a blueprint's services: tells what it was built from.</summary>
internal sealed class BlueprintRoot(FeatureEntry[] features)
{
    internal FeatureEntry[] Features { get; } = features;

    internal Blueprint? Blueprint { get; set; }

    internal bool Owns(ShellContext context) => ReferenceEquals(context.SharedContainer, Blueprint);
}
