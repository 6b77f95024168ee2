using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace LinkShop.Cms.Shell.Localization;

internal sealed class PoStringLocalizerFactory(PoTranslations translations) : IStringLocalizerFactory
{
    private readonly ConcurrentDictionary<string, PoStringLocalizer> _localizers = new(StringComparer.Ordinal);

    public IStringLocalizer Create(Type resourceSource) => Create(resourceSource.FullName ?? resourceSource.Name, "");

    public IStringLocalizer Create(string baseName, string location) => _localizers.GetOrAdd(baseName, context => new PoStringLocalizer(translations, context));
}

internal sealed class PoStringLocalizer(PoTranslations translations, string context) : IStringLocalizer
{
    public LocalizedString this[string name] => translations.Of(CultureInfo.CurrentUICulture).Find(context, name);

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var found = this[name];
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, found.Value, arguments), found.ResourceNotFound);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => translations.Of(CultureInfo.CurrentUICulture).All;
}
