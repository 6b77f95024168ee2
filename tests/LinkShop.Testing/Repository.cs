namespace LinkShop.Testing;

/// <summary>Where things are in the checkout that the running assembly was built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds LinkShop.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built web application.</summary>
    public static string WebAssembly => Path.Combine(Root, "src", "Web", "LinkShop.Web", "bin", Configuration, "net10.0", "LinkShop.Web.dll");

    /// <summary>The configuration that the caller was built in, and the web application with it.</summary>
    public static string Configuration => AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LinkShop.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No LinkShop.sln above {AppContext.BaseDirectory}");
    }
}
