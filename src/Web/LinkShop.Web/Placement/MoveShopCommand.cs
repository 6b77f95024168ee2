using LinkShop.Cms.Shell.Database;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Platform;
using LinkShop.Web.Settings;

namespace LinkShop.Web.Placement;

/// <summary>
/// <c>LinkShop.Web -- move-shop --shop NAME --to DATABASE</c> (or <c>--to main</c>): moves a shop to another database beside the running servers. Killed at any point, the same
/// command again goes on with it; <c>--abandon</c> undoes it as long as the shop hasn't switched. Exit code 0: done; 1: refused, and nothing was changed; 2: not finished.
/// </summary>
internal static class MoveShopCommand
{
    private const string Usage = "move-shop --shop NAME --to DATABASE|main    or    move-shop --shop NAME --abandon";

    public static async Task<int> RunAsync(string[] args)
    {
        if (Parse(args) is not { } asked)
            // not the code of other commands: here it says that a move has to be gone on with
            return await RefuseAsync(Usage);

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        try
        {
            builder.Configuration.AddLinkShopDefaults();
            if (await StoredInstallation.MissingAsync(builder.Configuration) is var (_, missing))
                return await RefuseAsync(missing);
            AddServices(builder.Services, builder.Configuration);
            using var host = builder.Build(); // not started: no worker runs
            return await host.Services.GetRequiredService<ShopMover>().RunAsync(asked.Shop, asked.To);
        }
        catch (SettingsException error)
        {
            return await RefuseAsync(error.Message);
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"The move isn't finished: {error.Message}\nRun the same command again to go on.");
            return 2;
        }
    }

    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }

    /// <summary>What a move needs.</summary>
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOrchardCms();
        services.AddLinkShopPlatform();
        services.AddLinkShopCommerce(configuration);
        services.AddSingleton<MovePlaces>();
        services.AddSingleton(new MoveOptions());
        services.AddSingleton<ShopMover>();
    }

    private static (string Shop, string? To)? Parse(string[] args)
    {
        string? shop = null, to = null;
        var abandon = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--shop" && i + 1 < args.Length)
                shop = args[++i];
            else if (args[i] == "--to" && i + 1 < args.Length)
                to = args[++i];
            else if (args[i] == "--abandon")
                abandon = true;
            else
                return null;
        }

        // exactly one of the two
        return shop is null || abandon == to is not null ? null : (shop, to);
    }
}
