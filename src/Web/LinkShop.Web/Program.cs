using LinkShop.Web;

if (await Commands.TryRunAsync(args) is { } exitCode)
    return exitCode;

var started = false;
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    // a start that fails is told below, once
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
    builder.AddLinkShop();
    builder.Services.AddOrchardCms().AddSetupFeatures("OrchardCore.AutoSetup");

    var app = builder.Build();
    app.Lifetime.ApplicationStarted.Register(() => started = true);
    app.UseProxies();
    app.UseReadableHosts();
    app.UseHeadAsGet();
    app.UseHealth();
    app.UseOrchardCore();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (!started && e is not HostAbortedException)
{
    await Console.Error.WriteLineAsync($"LinkShop could not start: {Failure.Of(e)}");
    return 1;
}
