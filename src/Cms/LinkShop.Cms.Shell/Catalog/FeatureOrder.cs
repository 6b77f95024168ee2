namespace LinkShop.Cms.Shell.Catalog;

/// <summary>Puts each feature behind those it needs.</summary>
internal static class FeatureOrder
{
    internal static FeatureEntry[] Sort(IEnumerable<FeatureEntry> features, IReadOnlyDictionary<string, FeatureEntry> all)
    {
        var done = new List<FeatureEntry>();
        var state = new Dictionary<FeatureEntry, bool>();
        foreach (var feature in features) Visit(feature, []);
        return [.. done];

        void Visit(FeatureEntry feature, List<string> path)
        {
            if (state.TryGetValue(feature, out var finished))
            {
                if (finished) return;
                throw new InvalidOperationException($"Features depend on each other in a circle: {string.Join(" → ", [.. path, feature.Id])}.");
            }
            state[feature] = false;
            path.Add(feature.Id);
            foreach (var id in feature.Dependencies)
            {
                if (all.TryGetValue(id, out var needed)) Visit(needed, path);
            }
            path.RemoveAt(path.Count - 1);
            state[feature] = true;
            done.Add(feature);
        }
    }

    internal static void Collect(FeatureEntry feature, IReadOnlyDictionary<string, FeatureEntry> all, HashSet<FeatureEntry> into)
    {
        if (!into.Add(feature)) return;
        foreach (var id in feature.Dependencies)
        {
            if (all.TryGetValue(id, out var needed)) Collect(needed, all, into);
        }
    }
}
