using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace LinkShop.Testing;

/// <summary>How a <see cref="LinkShopServer"/> is started.</summary>
/// <param name="DataPath">The data folder; null makes a new one that is removed with the server.</param>
/// <param name="Postgres">A PostgreSQL connection string; null runs on SQLite.</param>
/// <param name="Settings">Further configuration, keys in the form <c>LinkShop:RateLimits:…</c>.</param>
/// <param name="CopyOf">A data folder that is copied when there is nothing in <paramref name="DataPath"/> yet; see <see cref="Demo"/>.</param>
/// <param name="Assembly">The application; null is the one that was built with the tests.</param>
public sealed record ServerOptions(string? DataPath = null, string? Postgres = null, IReadOnlyDictionary<string, string>? Settings = null, string? CopyOf = null, string? Assembly = null);

/// <summary>The real LinkShop.Web as its own process on a free loopback port, set up from the shipped recipes.</summary>
public sealed class LinkShopServer : IAsyncDisposable
{
    public const string AdminUser = "admin";
    public const string AdminPassword = "Test-admin-1!";
    public const string SandboxSecret = "sandbox-secret-for-tests-0123456789abcdef";

    /// <summary>The mall of the demo recipes.</summary>
    public const string Mall = "cards";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output;
    private readonly string? _ownFolder;

    private LinkShopServer(Process process, ConcurrentQueue<string> output, Uri address, string dataPath, bool own, TimeSpan startedIn)
    {
        _process = process;
        _output = output;
        _ownFolder = own ? dataPath : null;
        Address = address;
        DataPath = dataPath;
        StartedIn = startedIn;
        // no cookies: what one test chose (a language, a session) must not reach the next, whose order differs from machine to machine
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public string DataPath { get; }

    /// <summary>From the start of the process to the first served page.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>A client without cookies, for requests that each stand alone; see <see cref="NewClient"/> for a visitor's.</summary>
    public HttpClient Client { get; }

    /// <summary>What the server wrote so far, standard output and error.</summary>
    public string Output => string.Join('\n', _output);

    public int ProcessId => _process.Id;

    /// <summary>Starts the server and returns when the mall's home page answers 200.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or did not answer in time; the message carries its output.</exception>
    public static async Task<LinkShopServer> StartAsync(ServerOptions? options = null)
    {
        options ??= new ServerOptions();
        var dataPath = options.DataPath ?? Directory.CreateTempSubdirectory("linkshop-").FullName;
        if (options.CopyOf is not null && !Directory.EnumerateFileSystemEntries(dataPath).Any())
            Demo.Copy(options.CopyOf, dataPath);
        var address = new Uri($"http://127.0.0.1:{PostgresCluster.FreePort()}");
        var watch = Stopwatch.StartNew();
        var (process, output) = Launch([], options, dataPath, address);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        while (true)
        {
            if (process.HasExited || watch.Elapsed > StartLimit)
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"The server did not come up in {watch.Elapsed.TotalSeconds:0} s:\n{string.Join('\n', output)}");
            }
            if (await AnswersAsync(client))
                return new LinkShopServer(process, output, address, dataPath, options.DataPath is null, watch.Elapsed);
            await Task.Delay(20); // poll of the condition above
        }
    }

    /// <summary>Runs a command of the web application (for example <c>verify</c>, or one with arguments, separated by spaces) to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunCommandAsync(string command, ServerOptions options)
    {
        var (process, output) = Launch(command.Split(' '), options, options.DataPath ?? throw new ArgumentException("A command needs a data path", nameof(options)), null);
        using (process)
        {
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Join('\n', output));
        }
    }

    /// <summary>A client with its own cookies, as another browser.</summary>
    public HttpClient NewClient(bool followRedirects = true) =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = followRedirects }) { BaseAddress = Address };

    /// <summary>Ends the process at once (<c>kill -9</c>), without a chance to tidy up; the data folder stays.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the process as its operator would (<c>SIGTERM</c>): it finishes what it does and takes itself off the list of running servers.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    /// <summary>Highest resident size of the server process so far, in MB.</summary>
    public double PeakMegabytes => ReadMemory("VmHWM:");

    /// <summary>Processor time the server process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident size of the server process now, in MB.</summary>
    public double ResidentMegabytes => ReadMemory("VmRSS:");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        if (_ownFolder is not null)
            Directory.Delete(_ownFolder, recursive: true);
    }

    private double ReadMemory(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(new Uri($"/{Mall}", UriKind.Relative));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private static (Process, ConcurrentQueue<string>) Launch(string[] command, ServerOptions options, string dataPath, Uri? address)
    {
        var start = new ProcessStartInfo("dotnet", [options.Assembly ?? Repository.WebAssembly, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataPath,
        };
        var settings = new Dictionary<string, string>
        {
            ["LinkShop:DataPath"] = dataPath,
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword"] = AdminPassword,
            ["LinkShop:Payments:Sandbox:Secret"] = SandboxSecret,
        };
        if (address is not null)
            settings["Urls"] = address.ToString();
        if (options.Postgres is not null)
        {
            settings["LinkShop:Database:Provider"] = "Postgres";
            settings["LinkShop:Database:ConnectionString"] = options.Postgres;
        }
        foreach (var (key, value) in settings.Concat(options.Settings ?? new Dictionary<string, string>()))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var output = new ConcurrentQueue<string>();
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.OutputDataReceived += (_, e) => { if (e.Data is not null) output.Enqueue(e.Data); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is not null) output.Enqueue(e.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, output);
    }
}
