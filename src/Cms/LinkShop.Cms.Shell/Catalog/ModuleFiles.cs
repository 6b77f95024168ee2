using System.Collections;
using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace LinkShop.Cms.Shell.Catalog;

/// <summary>The files embedded in a module under their path in it, such as <c>wwwroot/css/site.css</c>. They never change while the process runs.</summary>
internal sealed class ModuleFiles : IFileProvider
{
    private readonly Dictionary<string, IFileInfo> _files;

    internal ModuleFiles(Assembly assembly)
    {
        var built = File.Exists(assembly.Location) ? File.GetLastWriteTimeUtc(assembly.Location) : DateTime.UnixEpoch;
        _files = assembly.GetManifestResourceNames().Where(n => n.Contains('/') || n.StartsWith("placement.", StringComparison.Ordinal))
            .ToDictionary(n => n, n => (IFileInfo)new EmbeddedFile(assembly, n, built), StringComparer.OrdinalIgnoreCase);
    }

    internal IEnumerable<string> Paths => _files.Keys;

    internal IFileInfo Get(string path)
    {
        var key = path.Replace('\\', '/').TrimStart('/');
        return _files.TryGetValue(key, out var file) ? file : new NotFoundFileInfo(key);
    }

    public IFileInfo GetFileInfo(string subpath) => Get(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath)
    {
        var folder = subpath.Replace('\\', '/').Trim('/');
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var found = _files.Where(f => f.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && f.Key.IndexOf('/', prefix.Length) < 0).Select(f => f.Value).ToArray();
        return new Folder(found);
    }

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Folder(IFileInfo[] files) : IDirectoryContents
    {
        public bool Exists => files.Length > 0;

        public IEnumerator<IFileInfo> GetEnumerator() => ((IEnumerable<IFileInfo>)files).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => files.GetEnumerator();
    }

    private sealed class EmbeddedFile(Assembly assembly, string resource, DateTime built) : IFileInfo
    {
        private long? _length;

        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => built;

        public long Length
        {
            get
            {
                if (_length is { } known) return known;
                using var stream = CreateReadStream();
                return (_length = stream.Length).Value;
            }
        }

        public string Name => Path.GetFileName(resource);

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => assembly.GetManifestResourceStream(resource)!;
    }
}
