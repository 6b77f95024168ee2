using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace LinkShop.Commerce.Data;

/// <summary>
/// The one thread that writes. Works that queue up while a commit goes to the disk share the next one; each runs in its own savepoint, so a failing work
/// undoes itself only. Callers hear of success after the commit.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // a group is closed after this long even if more work waits: its callers want their answer
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(50);
    private static readonly SqlText Begin = SqlText.Of("begin immediate");
    private static readonly SqlText Commit = SqlText.Of("commit");
    private static readonly SqlText Rollback = SqlText.Of("rollback");
    private static readonly SqlText Save = SqlText.Of("savepoint work");
    private static readonly SqlText Undo = SqlText.Of("rollback to work");
    private static readonly SqlText Release = SqlText.Of("release work");

    private readonly SqliteHandle _handle;
    private readonly int _maxGroup;
    private readonly Queue<SqliteWork> _queue = new();
    private readonly Thread _thread;
    private bool _stopping;

    public SqliteWriter(string path, int maxGroup)
    {
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

        var item = new SqliteWork<T>(tenant, work, cancellationToken);
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
        _handle.Run(Begin);
        var started = Stopwatch.GetTimestamp();
        for (var work = first; work is not null;)
        {
            RunOne(work);
            work = group.Count < _maxGroup && Stopwatch.GetElapsedTime(started) < MaxGroupTime ? Next(wait: false) : null;
            if (work is not null)
            {
                group.Add(work);
            }
        }

        _handle.Run(Commit);
        foreach (var work in group)
        {
            work.Complete();
        }
    }

    private void RunOne(SqliteWork work)
    {
        _handle.Run(Save);
        if (work.Run(_handle))
        {
            _handle.Run(Release);
            return;
        }

        // a full disk or a defect in the file makes SQLite give up the whole transaction: then nobody's work is kept
        if (!_handle.InTransaction)
        {
            throw new InvalidOperationException("The commit group was rolled back by SQLite.", work.Error);
        }

        _handle.Run(Undo);
        _handle.Run(Release);
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
