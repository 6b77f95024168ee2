using OrchardCore.Environment.Shell;
using OrchardCore.Localization;

namespace LinkShop.Cms.Shell.Localization;

internal sealed class LocalizationService(RequestCultures cultures, ShellSettings settings) : ILocalizationService
{
    public Task<string> GetDefaultCultureAsync() => Task.FromResult(cultures.Of(settings).Default.Name);

    public Task<string[]> GetSupportedCulturesAsync() => Task.FromResult(cultures.Of(settings).Supported.Select(c => c.Name).ToArray());
}
