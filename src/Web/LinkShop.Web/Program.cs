using LinkShop.Web;

if (args is ["verify", ..])
    return await VerifyCommand.RunAsync(args[1..]);
if (args is ["backup", ..])
    return await LinkShop.Web.Backups.BackupCommand.RunAsync(args[1..]);
if (args is ["move-shop", ..])
    return await LinkShop.Web.Placement.MoveShopCommand.RunAsync(args[1..]);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddLinkShop();
builder.Services.AddOrchardCms().AddSetupFeatures("OrchardCore.AutoSetup");

var app = builder.Build();
var started = false;
app.Lifetime.ApplicationStarted.Register(() => started = true);
try
{
    app.UseProxies();
    app.UseHeadAsGet();
    app.UseOrchardCore();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (!started)
{
    // the log has the details; whoever typed the command gets one line and no crash dump
    await Console.Error.WriteLineAsync($"LinkShop could not start: {e.Message}");
    return 1;
}
