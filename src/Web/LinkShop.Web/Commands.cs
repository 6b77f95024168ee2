using LinkShop.Web.Backups;
using LinkShop.Web.Placement;

namespace LinkShop.Web;

/// <summary>What may stand on the command line: a command, or settings for the server. Anything else must not start a second server on live data.</summary>
internal static class Commands
{
    /// <summary>Exit code of a command line that isn't understood; nothing was done.</summary>
    public const int NotUnderstood = 2;

    private const string Help = """
        LinkShop.Web [--KEY=VALUE …]                          runs the server; settings: docs/operations.md
        LinkShop.Web verify [--LinkShop:KEY=VALUE …]          checks every stored invariant, prints one JSON object
        LinkShop.Web backup --to FOLDER                       copies an installation on SQLite and verifies the copy
        LinkShop.Web move-shop --shop NAME --to DATABASE      moves a shop to another database, or to main
        LinkShop.Web move-shop --shop NAME --abandon          undoes a move that hasn't switched
        LinkShop.Web help                                     prints this
        """;

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code; null when they name none, and the server is to run.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            await Console.Out.WriteLineAsync(Help);
            return 0;
        }

        return args switch
        {
            ["verify", .. var rest] => await VerifyCommand.RunAsync(rest),
            ["backup", .. var rest] => await BackupCommand.RunAsync(rest),
            ["move-shop", .. var rest] => await MoveShopCommand.RunAsync(rest),
            [var first, ..] when IsWord(first) => await RefuseAsync($"unknown command '{first}'"),
            _ when Stray(args) is { } stray => await RefuseAsync($"unknown option '{stray}'"),
            _ => null,
        };
    }

    /// <summary>Says what wasn't understood, and what would be.</summary>
    public static async Task<int> RefuseAsync(string what)
    {
        await Console.Error.WriteLineAsync($"{what}\n{Help}");
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
}
