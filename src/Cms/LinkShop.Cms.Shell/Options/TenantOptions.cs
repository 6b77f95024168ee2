using Microsoft.Extensions.Options;

namespace LinkShop.Cms.Shell.Options;

internal sealed class TenantOptions<TOptions>(TenantOptionsSource<TOptions> source) : IOptions<TOptions>
    where TOptions : class
{
    public TOptions Value => source.Get(Microsoft.Extensions.Options.Options.DefaultName);
}

internal sealed class TenantOptionsSnapshot<TOptions>(TenantOptionsSource<TOptions> source) : IOptionsSnapshot<TOptions>
    where TOptions : class
{
    public TOptions Value => source.Get(Microsoft.Extensions.Options.Options.DefaultName);

    public TOptions Get(string? name) => source.Get(name ?? Microsoft.Extensions.Options.Options.DefaultName);
}
