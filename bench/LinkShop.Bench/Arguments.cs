using System.Globalization;
using System.Text.Json;

namespace LinkShop.Bench;

/// <summary>The command line: a bench's name, then <c>--option value</c> pairs and <c>--flags</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);

    public required string Name { get; init; }

    public bool Postgres => Text("db", "sqlite") switch
    {
        "sqlite" => false,
        "postgres" => true,
        var other => throw new ArgumentException($"--db {other}: sqlite or postgres"),
    };

    public static Arguments Parse(string[] args)
    {
        var result = new Arguments { Name = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentException($"{args[i]}: an option starts with --");
            var hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            result._options[args[i][2..]] = hasValue ? args[++i] : null;
        }
        return result;
    }

    public bool Flag(string name) => _options.ContainsKey(name);

    public string Text(string name, string otherwise) => _options.GetValueOrDefault(name) ?? otherwise;

    public int Number(string name, int otherwise) =>
        _options.GetValueOrDefault(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public static int Usage()
    {
        Console.Error.WriteLine("""
            LinkShop.Bench -- checkout    --db sqlite|postgres --clients 8 --orders 20000 [--warm-up 20000] [--contact phone|email] [--stored 1000000: orders of former days] [--verify]
            LinkShop.Bench -- import-keys --db sqlite|postgres --count 1000000
            LinkShop.Bench -- page        [--cached] --seconds 10 --clients 16   (needs wrk)
            LinkShop.Bench -- start       --runs 5
            LinkShop.Bench -- shops       --db sqlite|postgres --count 10000 [--clients 4] [--seconds 15] [--idle-seconds 120]   (needs wrk)
            LinkShop.Bench -- shops       --open-only [--no-starts] [--data FOLDER, --connection "Host=…": keep them]; then --opened with the same for the rest
            LinkShop.Bench -- ledger      --db sqlite|postgres --transfers 1000000 --batch 1000 --clients 2
            LinkShop.Bench -- referrals   --db sqlite|postgres --promoters 1000000 --edges 10000000 --orders 6000 --clicks 200000
            LinkShop.Bench -- referrals   --http --db sqlite|postgres --orders 20000 [--no-budget]   (what a code adds to a checkout over HTTP)
            LinkShop.Bench -- engine      --db sqlite|postgres --clients 8 --orders 20000   (the commerce library alone, in this process; --connection "Host=…" for an empty database of your own)
            """);
        return 2;
    }

    /// <summary>Prints the result as the last line.</summary>
    public static void Report(IReadOnlyDictionary<string, object> result) => Console.WriteLine(JsonSerializer.Serialize(result));
}
