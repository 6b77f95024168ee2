using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement;
using OrchardCore.Modules;

namespace LinkShop.Samples.Module;

public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentPart<SamplePart>().UseDisplayDriver<SamplePartDriver>();
        services.AddShapeTableProvider<SampleShapes>();
        services.AddDataMigration<Migrations>();
        services.Configure<RateLimiterOptions>(options => options.AddFixedWindowLimiter("sample", limit =>
        {
            limit.PermitLimit = 1;
            limit.Window = TimeSpan.FromHours(1);
        }));
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) =>
        routes.MapGet("/limited", () => "once").RequireRateLimiting("sample");
}

internal sealed class SampleShapes : ShapeTableProvider
{
    public override ValueTask DiscoverAsync(ShapeTableBuilder builder)
    {
        builder.Describe("Badge").OnDisplaying(context =>
        {
            if (context.Shape.GetProperty<bool>("IsNew"))
                context.Shape.Metadata.Alternates.Add("Badge__New");
        });
        return ValueTask.CompletedTask;
    }
}
