using LinkShop.Cms.Display.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace LinkShop.Cms.Display;

/// <summary>What runs before the endpoints: headers, error pages, output cache, rate limits.</summary>
[Feature("OrchardCore.Mvc")]
internal sealed class PipelineStartup : StartupBase
{
    private const int MegaByte = 1024 * 1024;

    // Before sign-in: a cached page needs nobody's identity.
    public override int ConfigureOrder => -500;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddOutputCache(options =>
        {
            options.SizeLimit = 32 * MegaByte;
            options.MaximumBodySize = MegaByte;
            options.AddBasePolicy(policy => policy.AddPolicy<TenantCachePolicy>(), excludeDefaultPolicy: true);
        });
        services.AddRateLimiter(static options => options.RejectionStatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status429TooManyRequests);
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        SecurityHeaders.Use(app);
        ErrorPages.Use(app);
        OutputCaching.Use(app);
        app.UseRateLimiter();
    }
}
