using LinkShop.Web.Backups;

namespace LinkShop.Web;

/// <summary>What may stand on the command line: a command, or settings for the server. Anything else must not start a second server on live data.</summary>
internal static partial class Commands
{
    /// <summary>Exit code of a command line that isn't understood; nothing was done.</summary>
    public const int NotUnderstood = 2;

    private static readonly Command[] s_all = All();

    private static readonly string s_help = string.Join('\n', s_all.SelectMany(c => c.Help).Prepend("LinkShop.Web [--KEY=VALUE …]                          runs the server; settings: docs/operations.md")
        .Append("LinkShop.Web help                                     prints this"));

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code; null when they name none, and the server is to run.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            await Console.Out.WriteLineAsync(s_help);
            return 0;
        }

        if (args is [var name, .. var rest] && Array.Find(s_all, c => c.Name == name) is { } command)
            return await command.RunAsync(rest);
        return args switch
        {
            [var first, ..] when IsWord(first) => await RefuseAsync($"unknown command '{first}'"),
            _ when Stray(args) is { } stray => await RefuseAsync($"unknown option '{stray}'"),
            _ => null,
        };
    }

    /// <summary>Says what wasn't understood, and what would be.</summary>
    public static async Task<int> RefuseAsync(string what)
    {
        await Console.Error.WriteLineAsync($"{what}\n{s_help}");
        return NotUnderstood;
    }

    private static bool IsWord(string arg) => !arg.StartsWith('-') && !arg.StartsWith('/') && !arg.Contains('=', StringComparison.Ordinal);

    // the forms of the configuration's command line: --key=value, --key value, /key=value, key=value
    private static string? Stray(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].Contains('=', StringComparison.Ordinal))
                continue;
            if (IsWord(args[i]) || i + 1 == args.Length || !IsWord(args[i + 1]) && !args[i + 1].StartsWith('/'))
                return args[i];
            i++;
        }

        return null;
    }

    private static Command[] All()
    {
        List<Command> all =
        [
            new("verify", ["LinkShop.Web verify [--LinkShop:KEY=VALUE …]          checks every stored invariant, prints one JSON object"], VerifyCommand.RunAsync),
            new("backup", ["LinkShop.Web backup --to FOLDER                       copies an installation on SQLite and verifies the copy"], BackupCommand.RunAsync),
        ];
        AddOfHost(all);
        return [.. all];
    }

    /// <summary>Adds what only the CMS host that is built in can do; nothing is added when there is another one.</summary>
    static partial void AddOfHost(List<Command> all);

    /// <summary>A command.</summary>
    /// <param name="Name">Its first word.</param>
    /// <param name="Help">What it is for, a line for each way to call it.</param>
    /// <param name="RunAsync">Runs it with what follows, and gives the exit code.</param>
    internal sealed record Command(string Name, string[] Help, Func<string[], Task<int>> RunAsync);
}
