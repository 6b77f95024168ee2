using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LinkShop.Cms.Content.Data;

namespace LinkShop.Cms.Content.Caching;

/// <summary>
/// Documents that requests only read, by their stored text: tenants that were set up from the same recipe have the same content types and roles, and ten
/// thousand of them share one object of each. An object lives as long as somebody's cache holds it.
/// </summary>
internal sealed class SharedTexts
{
    private const int SweepEvery = 1000;
    private readonly ConcurrentDictionary<(Type Type, UInt128 Text), WeakReference<object>> _known = [];
    private readonly ConcurrentDictionary<Type, bool> _private = [];
    private int _added;

    /// <summary>The document of a text; null for the default one of tenants that never stored any.</summary>
    /// <returns>It, and about how many characters it takes for this tenant alone.</returns>
    public (T Document, long Size) Read<T>(string? text) where T : class, new()
    {
        if (text is null)
            return (Share(new T()), 0);
        if (_private.GetOrAdd(typeof(T), static _ => new T() is not ISharedDocument { AcrossTenants: true }))
            return (Share((T)DocumentTypes.Deserialize(text, typeof(T))), text.Length);
        return (ReadShared<T>(text), 0);
    }

    private T ReadShared<T>(string text) where T : class
    {
        var key = (typeof(T), Hash(text));
        if (_known.TryGetValue(key, out var known) && known.TryGetTarget(out var same))
            return (T)same;
        var read = Share((T)DocumentTypes.Deserialize(text, typeof(T)));
        _known[key] = new(read);
        if (Interlocked.Increment(ref _added) % SweepEvery == 0)
            foreach (var (old, reference) in _known)
                if (!reference.TryGetTarget(out _))
                    _known.TryRemove(old, out _);
        return read;
    }

    private static T Share<T>(T document)
    {
        (document as ISharedDocument)?.Share();
        return document;
    }

    private static UInt128 Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
