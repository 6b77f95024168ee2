using System.Diagnostics;
using System.Globalization;
using LinkShop.Commerce.Data;
using LinkShop.Simulation;
using LinkShop.Testing;

// dotnet run -c Release --project tests/LinkShop.Simulation -- --seconds 60 --seed 1 [--db sqlite|postgres] [--plant keeps-commission|asks-anew|forgets-debts]; ends with 1 on a breach
string? Option(string name) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
int Number(string name, int otherwise) => Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

var seconds = Number("seconds", 60);
var seed = Number("seed", Random.Shared.Next(1, 1_000_000));
var plant = Option("plant");
CommerceDialect[] dialects = Option("db") switch
{
    "sqlite" => [CommerceDialect.Sqlite],
    "postgres" => [CommerceDialect.Postgres],
    null => PostgresCluster.WhyNot is null ? [CommerceDialect.Sqlite, CommerceDialect.Postgres] : [CommerceDialect.Sqlite],
    var other => throw new ArgumentException($"There is no database '{other}': sqlite or postgres."),
};
Console.WriteLine($"seed {seed}, {seconds} s, {string.Join(" and ", dialects)}{(plant is null ? "" : ", planted: " + plant)}");
var watch = Stopwatch.StartNew();
var (runs, steps, crashes) = (0, 0, 0);
for (; watch.Elapsed.TotalSeconds < seconds; seed++)
{
    // each seed on each database, so that a seed alone says what to run again
    foreach (var dialect in dialects)
    {
        await using var mall = await Mall.OpenAsync(dialect, plant);
        var simulator = new Simulator(mall, seed);
        try
        {
            await simulator.RunAsync(400, () => runs == 0 || watch.Elapsed.TotalSeconds < seconds);
        }
        catch (Exception e)
        {
            Console.WriteLine($"BREACH at step {simulator.Steps} of seed {seed} on {dialect}: {(e is Breach ? e.Message : e.ToString())}");
            Console.WriteLine($"Again: --seed {seed} --seconds 1 --db {dialect.ToString().ToLowerInvariant()}{(plant is null ? "" : " --plant " + plant)}");
            return 1;
        }

        runs++;
        steps += simulator.Steps;
        crashes += mall.Database.Crashes;
    }
}

Console.WriteLine($"sound: {runs} runs, {steps} steps, {crashes} crashes in {watch.Elapsed.TotalSeconds:F0} s");
return 0;
