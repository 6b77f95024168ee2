using System.Reflection;

namespace LinkShop.Cms.Shell.Catalog;

/// <summary>Names the application's modules: the host's own assemblies and those listed in the entry assembly when it was built.</summary>
internal static class ModuleDiscovery
{
    private static readonly string[] _host = ["LinkShop.Cms.Shell", "LinkShop.Cms.Content", "LinkShop.Cms.Display", "LinkShop.Cms.Admin"];

    internal static IEnumerable<Assembly> Find(Assembly? application)
    {
        var listed = application?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(a => a.Key == "Cms.Modules").SelectMany(a => (a.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)) ?? [];
        var present = Path.GetDirectoryName(typeof(ModuleDiscovery).Assembly.Location) ?? AppContext.BaseDirectory;
        foreach (var name in _host)
        {
            // a test may run on a part of the host
            if (File.Exists(Path.Combine(present, name + ".dll"))) yield return Assembly.Load(name);
        }
        foreach (var name in listed) yield return Assembly.Load(name);
    }
}
