using Microsoft.Extensions.Caching.Memory;

namespace LinkShop.Cms.Content.Markdown;

/// <summary>Keeps what texts were turned into, bounded. The result follows from the text alone, so it is good for every tenant.</summary>
internal sealed class RenderedTexts : IDisposable
{
    private const long MaxCharacters = 4 * 1024 * 1024;
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    public string GetOrMake(string kind, string text, Func<string, string> make)
    {
        if (text.Length == 0)
            return "";
        if (_cache.TryGetValue((kind, text), out string? known))
            return known!;
        var made = make(text);
        _cache.Set((kind, text), made, new MemoryCacheEntryOptions { Size = text.Length + made.Length });
        return made;
    }

    public void Dispose() => _cache.Dispose();
}
