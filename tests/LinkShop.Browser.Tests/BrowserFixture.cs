using System.Collections.Concurrent;
using LinkShop.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(LinkShop.Browser.Tests.BrowserFixture))]

namespace LinkShop.Browser.Tests;

/// <summary>One real server set up from the shipped recipes and one Chromium for all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Debian's Chromium without windows and tab strips first: since it has them, the whole browser needs two to three times the processor time for a page
    private static readonly string? Chromium = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    /// <summary>The profiles that the last test of each class opened.</summary>
    private readonly ConcurrentDictionary<string, (string Test, ConcurrentBag<IBrowserContext> Profiles)> _open = [];
    private readonly SemaphoreSlim _wallets = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private LinkShopServer? _server;

    public LinkShopServer Server => _server!;

    /// <summary>Where pictures of the walked pages go, for people to look at; null unless <c>LINKSHOP_SCREENSHOTS</c> names a folder.</summary>
    public static string? Screenshots => Environment.GetEnvironmentVariable("LINKSHOP_SCREENSHOTS");

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null)
            return;
        _server = await LinkShopServer.StartAsync(new ServerOptions(Settings: new Dictionary<string, string>
        {
            ["OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute"] = "1000",
            // all walks come from one address
            ["LinkShop:RateLimits:MessagesPerMinute"] = "1000",
            ["LinkShop:RateLimits:OrdersPerMinute"] = "1000",
            ["LinkShop:RateLimits:ShopsPerHour"] = "1000",
            ["LinkShop:RateLimits:AccountsPerHour"] = "1000",
            ["LinkShop:Payouts:Sandbox"] = "true",
            ["LinkShop:Maintenance:SweepSeconds"] = "1",
            // nobody answers there: domains of shops can't be proven, and no real name server is asked
            ["LinkShop:Shops:DnsServer"] = "127.0.0.1:9",
            // a shop that sells goods of the mall on
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:ShellName"] = "Corner",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:SiteName"] = "Corner shop",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:RequestUrlPrefix"] = "corner",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:RecipeName"] = "GameCards",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminUsername"] = LinkShopServer.AdminUser,
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminEmail"] = "admin@corner.example",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminPassword"] = LinkShopServer.AdminPassword,
        }));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--host-resolver-rules=MAP *.shop.example 127.0.0.1", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Keeps what the shops have free as it is until disposed of: walks that release sales, and those that count what came of one, take turns.</summary>
    public async Task<IDisposable> HoldWalletsAsync()
    {
        await _wallets.WaitAsync(TestContext.Current.CancellationToken);
        return new Held(_wallets);
    }

    /// <summary>A new browser profile on a phone-sized screen in one language; scripts that fail make the test fail through <paramref name="errors"/>.</summary>
    public async Task<IPage> NewPhoneAsync(string language, ICollection<string> errors, bool script = true, string? userAgent = null, string? signedIn = null)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed (./test installs it)");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            Locale = language,
            JavaScriptEnabled = script,
            UserAgent = userAgent,
            StorageState = signedIn,
            BaseURL = Server.Address.ToString(),
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        await KeepUntilNextTestAsync(context);
        var page = await context.NewPageAsync();
        page.PageError += (_, message) => errors.Add(message);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text + " " + message.Location);
        };
        return page;
    }

    /// <summary>Closes what the class's test before left open: pages that nobody looks at any more still count down, ask and paint.</summary>
    private async Task KeepUntilNextTestAsync(IBrowserContext profile)
    {
        var (key, test) = (TestContext.Current.TestClass!.UniqueID, TestContext.Current.Test!.UniqueID);
        if (_open.TryGetValue(key, out var kept) && kept.Test == test)
        {
            kept.Profiles.Add(profile);
            return;
        }

        // tests of one class run one after the other
        _open[key] = (test, [profile]);
        foreach (var old in kept.Profiles ?? [])
            await old.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private sealed class Held(SemaphoreSlim wallets) : IDisposable
    {
        public void Dispose() => wallets.Release();
    }
}
