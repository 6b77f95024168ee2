using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LinkShop.Testing;

/// <summary>
/// A throw-away PostgreSQL cluster on the loopback address: made, started, and removed again by its owner.
/// <see cref="SharedAsync"/> gives the one cluster of the test process; <c>./test</c> may hand a running one over in the
/// environment variable <c>LINKSHOP_TEST_POSTGRES</c> (a connection string with rights to create databases).
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Variable = "LINKSHOP_TEST_POSTGRES";

    private static readonly Lazy<Task<PostgresCluster?>> Shared = new(StartSharedAsync);
    private readonly string? _folder;

    private PostgresCluster(string connectionString, string? folder)
    {
        ConnectionString = connectionString;
        _folder = folder;
    }

    /// <summary>A connection string to the cluster's maintenance database.</summary>
    public string ConnectionString { get; }

    /// <summary>Why no cluster can be started here, or null when one can.</summary>
    public static string? WhyNot =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || Binaries() is not null
            ? null
            : "PostgreSQL is not installed (./test installs it)";

    /// <summary>The test process's cluster, or null when PostgreSQL is not installed (see <see cref="WhyNot"/>).</summary>
    public static Task<PostgresCluster?> SharedAsync() => Shared.Value;

    /// <summary>Starts a cluster of its own with durable commits (<c>fsync=on</c>) unless <paramref name="durable"/> is false.</summary>
    public static async Task<PostgresCluster> StartAsync(bool durable = true)
    {
        var binaries = Binaries() ?? throw new InvalidOperationException(WhyNot);
        var folder = Directory.CreateTempSubdirectory("linkshop-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (IsRoot)
            await RunAsync("chown", "postgres", folder);
        await RunAsServerUserAsync(Path.Combine(binaries, "initdb"), "-D", data, "-U", "linkshop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var port = FreePort();
        var options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c fsync={(durable ? "on" : "off")} -c shared_buffers=128MB -c log_min_messages=fatal";
        await RunAsServerUserAsync(Path.Combine(binaries, "pg_ctl"), "-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o", options, "start");
        return new PostgresCluster($"Host=127.0.0.1;Port={port};Username=linkshop;Database=postgres", folder);
    }

    /// <summary>Creates a database and gives its connection string.</summary>
    /// <param name="template">Connection string of a database that nobody is connected to, to be copied; null for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = "t_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        // through the log, as since version 15 unless said otherwise, it costs three times as much
        var strategy = connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY file_copy" : "";
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {(template is null ? "template1" : new NpgsqlConnectionStringBuilder(template).Database)}{strategy}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Drops a database; who is still connected is cut off.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops the server and removes its files; a cluster that was handed over is left alone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        await RunAsServerUserAsync(Path.Combine(Binaries()!, "pg_ctl"), "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        // hundreds of databases take longer to remove than a test runner waits for its process to end
        await RunAsync("/bin/sh", "-c", "rm -rf \"$1\" 2>/dev/null &", "sh", _folder);
    }

    private static async Task<PostgresCluster?> StartSharedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new PostgresCluster(given, null);
        if (WhyNot is not null)
            return null;
        // fsync is off here: tests look at what is committed, not at power failure
        var cluster = await StartAsync(durable: false);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return cluster;
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
                .Select(d => Path.Combine(d, "bin"))
                .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;

    // PostgreSQL refuses to run as root, as it is in containers and on CI
    private static Task RunAsServerUserAsync(string program, params string[] arguments) =>
        IsRoot ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : RunAsync(program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // stdout is not redirected: pg_ctl's server would inherit the pipe and keep it open
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cd / && exec \"$@\" >/dev/null", "sh", program, .. arguments]) { UseShellExecute = false };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    /// <summary>A TCP port on the loopback address that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
