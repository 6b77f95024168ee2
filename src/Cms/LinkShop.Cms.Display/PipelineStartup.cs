using LinkShop.Cms.Display.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace LinkShop.Cms.Display;

/// <summary>What runs before the endpoints: headers, error pages, output cache, rate limits.</summary>
[Feature("OrchardCore.Mvc")]
internal sealed class PipelineStartup(IConfiguration configuration) : StartupBase
{
    private const int MegaByte = 1024 * 1024;

    // Long enough to carry a rush, short enough that a sold-out product says so.
    private const int DefaultPageSeconds = 5;

    // Before sign-in: a cached page needs nobody's identity.
    public override int ConfigureOrder => -500;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddOutputCache(options =>
        {
            options.SizeLimit = 32 * MegaByte;
            options.MaximumBodySize = MegaByte;
            var seconds = configuration.GetValue<int?>("LinkShop:PageCacheSeconds") ?? DefaultPageSeconds;
            options.AddPolicy(OutputCaching.ContentPage, policy => _ = seconds > 0 ? policy.Cache().Expire(TimeSpan.FromSeconds(seconds)) : policy.NoCache());
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
