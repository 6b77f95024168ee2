using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Placement;
using Microsoft.Data.Sqlite;

namespace LinkShop.Commerce.Data;

/// <summary>
/// The one thread that writes. Works that queue up while a commit goes to the disk share the next one; a failing work undoes itself only. Callers hear of success
/// after the commit. A savepoint for each work would do for the undoing, but copies every page that the group changes more than once, so it is kept for when works do fail:
/// a group runs without, and when a work fails that has changed something, all of the group is rolled back and runs again with savepoints, like the next few groups.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // a group is closed after this long even if more work waits: its callers want their answer
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(50);
    private const int CarefulGroups = 16;
    private static readonly SqlText Begin = SqlText.Of("begin immediate");
    private static readonly SqlText Commit = SqlText.Of("commit");
    private static readonly SqlText Rollback = SqlText.Of("rollback");
    private static readonly SqlText Save = SqlText.Of("savepoint work");
    private static readonly SqlText Undo = SqlText.Of("rollback to work");
    private static readonly SqlText Release = SqlText.Of("release work");

    private readonly SqliteHandle _handle;
    private readonly int _maxGroup;
    private readonly CommerceHome? _home;
    private readonly Queue<SqliteWork> _queue = new();
    private readonly Thread _thread;
    private bool _stopping;
    private int _careful;

    public SqliteWriter(string path, int maxGroup, CommerceHome? home)
    {
        _home = home;
        _handle = SqliteHandle.OpenWriter(path);
        _maxGroup = maxGroup;
        _thread = new Thread(Run) { IsBackground = true, Name = "commerce writer" };
        _thread.Start();
    }

    public Task<T> EnqueueAsync<T>(string? tenant, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        if (Thread.CurrentThread == _thread)
        {
            throw new InvalidOperationException("A write was begun inside a write; it would wait for itself.");
        }

        var item = new SqliteWork<T>(tenant, _home, work, cancellationToken);
        lock (_queue)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(item);
            Monitor.Pulse(_queue);
        }

        return item.Task;
    }

    /// <summary>Completes what is queued and closes the file.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _stopping = true;
            Monitor.Pulse(_queue);
        }

        _thread.Join();
        _handle.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "An unhandled exception would end the process; the callers get it instead.")]
    private void Run()
    {
        var group = new List<SqliteWork>(_maxGroup);
        while (Next(wait: true) is { } first)
        {
            try
            {
                RunGroup(first, group);
            }
            catch (Exception error)
            {
                // whatever it is, the callers hear of it and the thread goes on; outcomes that were told already stay as they are
                Abandon(group, error);
            }

            group.Clear();
        }
    }

    private void RunGroup(SqliteWork first, List<SqliteWork> group)
    {
        group.Add(first);
        var carefully = _careful > 0;
        _handle.Run(Begin);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < group.Count || (group.Count < _maxGroup && Stopwatch.GetElapsedTime(started) < MaxGroupTime && TakeNext(group)); i++)
        {
            if (carefully)
                RunInSavepoint(group[i]);
            else if (!RunPlainly(group[i]))
            {
                // what the others did went with it: they run again, from the first on
                _handle.Run(Rollback);
                _handle.Run(Begin);
                (carefully, _careful, i) = (true, CarefulGroups, -1);
            }
        }

        _handle.Run(Commit);
        _careful -= carefully ? 1 : 0;
        foreach (var work in group)
        {
            work.Complete();
        }
    }

    /// <summary>False if the work failed after it had changed something.</summary>
    private bool RunPlainly(SqliteWork work)
    {
        var before = _handle.TotalChanges();
        var done = work.Run(_handle);
        RequireTransaction(work);
        return done || _handle.TotalChanges() == before;
    }

    private void RunInSavepoint(SqliteWork work)
    {
        _handle.Run(Save);
        var done = work.Run(_handle);
        RequireTransaction(work);
        if (!done)
        {
            _handle.Run(Undo);
            _careful = CarefulGroups;
        }

        _handle.Run(Release);
    }

    // a full disk or a defect in the file makes SQLite give up the whole transaction: then nobody's work is kept
    private void RequireTransaction(SqliteWork work)
    {
        if (!_handle.InTransaction)
            throw new InvalidOperationException("The commit group was rolled back by SQLite.", work.Error);
    }

    private bool TakeNext(List<SqliteWork> group)
    {
        if (Next(wait: false) is not { } work)
            return false;
        group.Add(work);
        return true;
    }

    private void Abandon(List<SqliteWork> group, Exception error)
    {
        try
        {
            if (_handle.InTransaction)
            {
                _handle.Run(Rollback);
            }
        }
        catch (SqliteException worse)
        {
            error = new AggregateException(error, worse);
        }
        finally
        {
            foreach (var work in group)
            {
                work.Fail(error);
            }
        }
    }

    private SqliteWork? Next(bool wait)
    {
        lock (_queue)
        {
            while (wait && _queue.Count == 0 && !_stopping)
            {
                Monitor.Wait(_queue);
            }

            return _queue.TryDequeue(out var work) ? work : null;
        }
    }
}
