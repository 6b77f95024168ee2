using LinkShop.Testing;

namespace LinkShop.Web.Tests.Architecture;

/// <summary>The source files of this repository, as text.</summary>
internal static class SourceTree
{
    public static IEnumerable<string> Projects(string folder) => Files(folder, "*.csproj");

    public static IEnumerable<string> Code(string folder) => Files(folder, "*.cs").Concat(Files(folder, "*.cshtml"));

    public static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal));
}
