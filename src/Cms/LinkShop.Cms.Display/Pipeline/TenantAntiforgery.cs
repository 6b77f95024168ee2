using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Display.Pipeline;

/// <summary>
/// Anti-forgery with a cookie and keys per tenant. The framework's implementation keeps its options for the life of the container, which many
/// tenants share; so it is created per request, behind this one that everybody holds.
/// </summary>
internal sealed class TenantAntiforgery(TenantAntiforgery.Inner inner) : IAntiforgery
{
    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => Of(httpContext).GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => Of(httpContext).GetTokens(httpContext);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Of(httpContext).IsRequestValidAsync(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => Of(httpContext).ValidateRequestAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => Of(httpContext).SetCookieTokenAndHeader(httpContext);

    private IAntiforgery Of(HttpContext context) => (IAntiforgery)context.RequestServices.GetRequiredService(inner.Type);

    /// <summary>Replaces the framework's registrations.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddAntiforgery();
        var own = typeof(IAntiforgery).Assembly;
        foreach (var descriptor in services.Where(d => d.ServiceType.Assembly == own && d.ImplementationType is not null).ToArray())
        {
            services.Remove(descriptor);
            var type = descriptor.ServiceType == typeof(IAntiforgery) ? descriptor.ImplementationType! : descriptor.ServiceType;
            services.Add(new ServiceDescriptor(type, descriptor.ImplementationType!, ServiceLifetime.Scoped));
            if (descriptor.ServiceType == typeof(IAntiforgery))
                services.AddSingleton(new Inner(descriptor.ImplementationType!));
        }

        services.AddSingleton<IAntiforgery, TenantAntiforgery>();
        services.AddScoped<IConfigureOptions<AntiforgeryOptions>, CookieOptions>();
    }

    /// <summary>The framework's implementation.</summary>
    internal sealed record Inner(Type Type);

    private sealed class CookieOptions(ShellSettings shell) : IConfigureOptions<AntiforgeryOptions>
    {
        // A tenant's cookie at /mall and the default tenant's at / reach the same page, so their names must differ.
        public void Configure(AntiforgeryOptions options)
        {
            options.Cookie.Name = "orchantiforgery_" + Uri.EscapeDataString(shell.Name);
            options.SuppressXFrameOptionsHeader = true;
        }
    }
}
