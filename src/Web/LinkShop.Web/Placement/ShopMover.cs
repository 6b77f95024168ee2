using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Locking;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using LinkShop.Commerce.Verify;
using LinkShop.Platform.Services;
using OrchardCore.Environment.Shell;

namespace LinkShop.Web.Placement;

/// <summary>Moves a shop. Every step may be repeated, and the state in the main database says which is next: whoever runs the command again after a kill goes on there.</summary>
internal sealed partial class ShopMover(
    ShellPlacement placement, ShopMoves moves, ShellStore shells, DatabaseLock locks, MovePlaces places, ICommerceDatabase commerce, ICommerceVerifier verifier, IEnumerable<IMoveObstacle> obstacles, TimeProvider clock, MoveOptions options)
{
    private DatabaseLocker? _lock;

    /// <summary>Begins a move, or goes on with one.</summary>
    /// <param name="shop">The tenant's name.</param>
    /// <param name="to">Name of the database; null to undo a move that hasn't switched.</param>
    /// <returns>The command's exit code.</returns>
    public async Task<int> RunAsync(string shop, string? to)
    {
        if (await shells.LoadAsync(shop) is not { } stored)
            return Refuse($"There is no shop '{shop}'.");
        shop = stored.Settings.Name;
        if (stored.Settings.IsDefaultShell())
            return Refuse("The platform itself stays on the main database.");
        var target = to is null || to.Equals(DatabaseNames.Main, StringComparison.OrdinalIgnoreCase) ? "" : to;
        if (!places.Knows(target))
            return Refuse($"There is no database '{to}'; there are: {string.Join(", ", places.Names)}.");
        await using var locker = await locks.TryAcquireAsync("move-shop:" + shop, TimeSpan.Zero, null);
        if (locker is null)
            return Refuse($"Another command is moving '{shop}' at this moment.");
        _lock = locker;
        await commerce.MigrateAsync();
        await placement.StartAsync(default);
        var move = await moves.FindAsync(shop);
        if (to is null)
            return move is null or { State: ShopMoves.Done } ? Refuse($"No move of '{shop}' is under way.") : await AbandonAsync(move);
        if (move is null or { State: ShopMoves.Done })
        {
            if (await BeginAsync(stored.Settings, move, target) is { } refused)
                return Refuse(refused);
            move = (await moves.FindAsync(shop))!;
        }
        else if (move.Target != target)
        {
            return Refuse($"A move of '{shop}' to '{NameOf(move.Target)}' isn't finished: run it again with --to {NameOf(move.Target)}, or undo it with --abandon.");
        }

        return await GoOnAsync(move);
    }

    private async Task<string?> BeginAsync(ShellSettings settings, ShopMove? last, string target)
    {
        var source = settings[ShopPlace.Database] ?? "";
        if (source == target)
        {
            // a kill after the end may have left the refusals in the database that it came from
            if (last is not null)
                await ReleaseAsync(last.Source == source ? last.Target : last.Source, settings.Name, unless: source);
            return $"'{settings.Name}' is on '{NameOf(target)}' already.";
        }

        if (!settings.IsInitialized())
            return $"'{settings.Name}' isn't set up yet.";
        if (await WhyNotAsync(settings.Name, target) is { } reason)
            return reason;
        Step("begin");
        return await moves.BeginAsync(settings.Name, source, target) is null ? $"Another command is moving '{settings.Name}' at this moment." : null;
    }

    private async Task<int> GoOnAsync(ShopMove move)
    {
        Say($"Moving '{move.Shop}' from '{NameOf(move.Source)}' to '{NameOf(move.Target)}'.");
        if (move.State == ShopMoves.Copying)
        {
            await CloseAsync(move);
            // once more, now that nothing can come in between
            if (await WhyNotAsync(move.Shop, move.Target) is { } reason)
                return await AbandonAsync(move) == 0 ? Refuse(reason) : 2;
            await CopyAsync(move);
            Step("copied");
            await moves.AdvanceAsync(move, ShopMoves.Copying, ShopMoves.Verifying);
            move = move with { State = ShopMoves.Verifying };
        }

        if (move.State == ShopMoves.Verifying)
        {
            if (await WrongAsync(move) is { Count: > 0 } wrong)
            {
                // copied once more by the next run
                await moves.AdvanceAsync(move, ShopMoves.Verifying, ShopMoves.Copying);
                Say($"The copy is not sound, the shop stays where it is and read only: {string.Join("; ", wrong)}. Run the command again to copy anew, or with --abandon to open the shop again.");
                return 2;
            }

            Step("switch");
            await moves.AdvanceAsync(move, ShopMoves.Verifying, ShopMoves.Switched);
        }

        await FinishAsync(move);
        return 0;
    }

    private async Task<string?> WhyNotAsync(string shop, string target)
    {
        foreach (var obstacle in obstacles)
        {
            if (await obstacle.WhyNotAsync(new TenantScope(shop), target) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task CloseAsync(ShopMove move)
    {
        var from = places.Of(move.Source);
        Step("guard");
        foreach (var store in from)
            await store.GuardAsync(move.Shop);
        Say("The shop is read only.");
        Step("drain");
        while (await from[0].LeasedAsync(move.Shop, clock.GetUtcNow()) > 0)
            await Task.Delay(50); // a worker finishes its messages, or loses them with the end of its lease
    }

    private async Task CopyAsync(ShopMove move)
    {
        var (from, to) = (places.Of(move.Source), places.Of(move.Target));
        for (var i = 0; i < to.Count; i++)
        {
            Step("copy " + to[i].Kind.Schema);
            await RequireOursAsync(move, ShopMoves.Copying);
            await to[i].CopyFromAsync(from[i], move.Shop, table => Step("copied " + table));
            Say($"Copied {await to[i].CountAsync(move.Shop)} rows of {to[i].Kind.Schema}.");
        }
    }

    /// <summary>What speaks against the copy: rows and sums that differ, and broken invariants.</summary>
    private async Task<IReadOnlyList<string>> WrongAsync(ShopMove move)
    {
        Step("verify");
        var (from, to) = (places.Of(move.Source), places.Of(move.Target));
        var wrong = new List<string>();
        for (var i = 0; i < to.Count; i++)
            wrong.AddRange(await to[i].CompareAsync(from[i], move.Shop));
        var database = ((PlacedCommerceDatabase)commerce).Named(move.Target);
        var report = await ((CommerceVerifier)verifier).RunAsync(database, move.Shop);
        wrong.AddRange(report.Breaches.Select(b => $"{b.Code} {b.Id}"));
        Say(wrong.Count == 0 ? "Counts, sums and invariants are right." : $"{wrong.Count} differences.");
        return wrong;
    }

    // one that was stopped for a while comes back to a move that another has finished: what it was about to delete is in use
    private async Task RequireOursAsync(ShopMove move, string state)
    {
        if (!await _lock!.IsHeldAsync() || await moves.FindAsync(move.Shop) is not { } present || present.Id != move.Id || present.State != state)
            throw new InvalidOperationException($"This command was stopped for too long and another may have moved '{move.Shop}' meanwhile. Nothing more was changed; run it again.");
    }

    private void Step(string name) => options.BeforeStep?.Invoke(name);

    private void Say(string line) => options.Output.WriteLine(line);

    private int Refuse(string reason)
    {
        Say(reason);
        return 1;
    }

    private static string NameOf(string database) => database.Length == 0 ? DatabaseNames.Main : database;
}
