using System.Diagnostics;
using LinkShop.Cms.Shell.Database;
using LinkShop.Commerce.Placement.Moving;

namespace LinkShop.Web.Placement;

/// <summary>What comes after the switch, and instead of it.</summary>
internal sealed partial class ShopMover
{
    private async Task FinishAsync(ShopMove move)
    {
        var (from, to) = (places.Of(move.Source), places.Of(move.Target));
        Step("wait");
        await AwaitProcessesAsync(move.Shop);
        await Task.Delay(options.Grace);
        Step("erase");
        foreach (var store in from)
        {
            await RequireOursAsync(move, ShopMoves.Switched);
            await store.MarkAsync(move.Shop, MoveRole.Gone);
            await store.EraseAsync(move.Shop);
            Step("erased " + store.Kind.Schema);
        }

        foreach (var store in to)
            await store.ReleaseAsync(move.Shop);
        Step("open");
        await moves.AdvanceAsync(move, ShopMoves.Switched, ShopMoves.Done);
        Say($"The shop is open on its new database. The old one refuses writes for {options.Linger.TotalSeconds:0} seconds more.");
        await Task.Delay(options.Linger);
        Step("release");
        foreach (var store in from)
            await store.ReleaseAsync(move.Shop);
        Say("Done.");
    }

    /// <summary>
    /// Waits until every running process knows the switch. Until then nobody may write to either database, and the old rows stay for those who still read them. One that
    /// says nothing for long is dead; should it come back, the old database refuses its writes.
    /// </summary>
    private async Task AwaitProcessesAsync(string shop)
    {
        var version = (await shells.LoadAsync(shop))!.Value.Version;
        var started = Stopwatch.GetTimestamp();
        while (await moves.NotSeenAsync(shop, version) is { Count: > 0 } waiting)
        {
            if (Stopwatch.GetElapsedTime(started) > options.Silence)
            {
                foreach (var process in waiting)
                {
                    Say($"The process {process} has not answered for {options.Silence.TotalSeconds:0} seconds and counts as dead.");
                    await moves.GoneAsync(process);
                }

                return;
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The shop is opened where it was only when the database lets it write again.</summary>
    private async Task<int> AbandonAsync(ShopMove move)
    {
        if (move.State == ShopMoves.Switched)
            return Refuse($"'{move.Shop}' has switched to '{NameOf(move.Target)}' already: run the command with --to {NameOf(move.Target)} to finish.");
        Step("undo");
        foreach (var store in places.Of(move.Target))
        {
            await RequireOursAsync(move, move.State);
            // a copy that hasn't begun has no frame yet
            await store.ReceiveAsync(move.Shop);
            await store.EraseAsync(move.Shop);
            await store.ReleaseAsync(move.Shop);
        }

        Step("reopen");
        foreach (var store in places.Of(move.Source))
            await store.ReleaseAsync(move.Shop);
        await moves.AbandonAsync(move);
        Say($"'{move.Shop}' stays on '{NameOf(move.Source)}' and is open.");
        return 0;
    }

    private async Task ReleaseAsync(string database, string shop, string unless)
    {
        if (database == unless || !places.Knows(database))
            return;
        foreach (var store in places.Of(database))
            await store.ReleaseAsync(shop);
    }
}
