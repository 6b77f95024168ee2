using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Data;

/// <summary>A queued write.</summary>
internal abstract class SqliteWork
{
    public Exception? Error { get; protected set; }

    /// <summary>Runs the work in the open transaction; again if that was rolled back because of another work.</summary>
    /// <returns>False if it must be undone.</returns>
    public abstract bool Run(SqliteHandle handle);

    /// <summary>Tells the caller the outcome, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the commit failed.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc />
internal sealed class SqliteWork<T>(string? tenant, CommerceHome? home, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken) : SqliteWork
{
    // continuations run elsewhere: the writer thread goes on with the next group
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteCommerceConnection? _connection;
    private T? _result;

    public Task<T> Task => _outcome.Task;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a work throws is its caller's.")]
    public override bool Run(SqliteHandle handle)
    {
        Error = null;
        try
        {
            // only before the first start: a work that is run again because of another one was promised to be done
            if (_connection is null)
                cancellationToken.ThrowIfCancellationRequested();
            _connection = new SqliteCommerceConnection(handle, tenant, canWrite: true, home);
            var running = work(_connection);
            var awaitedOthers = !running.IsCompleted;
            _result = running.GetAwaiter().GetResult();
            if (awaitedOthers)
            {
                throw new InvalidOperationException("A write awaited something other than its connection, holding up all other writers; it was undone.");
            }

            _connection.RequireNoFailure();
            return true;
        }
        catch (Exception error)
        {
            Error = TenantMovingException.IsRefusal(error) ? new TenantMovingException(tenant ?? "", error) : error;
            return false;
        }
    }

    public override void Complete()
    {
        if (Error is OperationCanceledException)
        {
            _outcome.TrySetCanceled(cancellationToken);
        }
        else if (Error is not null)
        {
            _outcome.TrySetException(Error);
        }
        else
        {
            RaiseAndSucceed();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A callback's defect is its work's, not the group's.")]
    private void RaiseAndSucceed()
    {
        try
        {
            _connection!.RaiseCommitted();
            _outcome.TrySetResult(_result!);
        }
        catch (Exception error)
        {
            _outcome.TrySetException(error);
        }
    }

    public override void Fail(Exception error) => _outcome.TrySetException(Error ?? error);
}
