using System.Data.Common;
using LinkShop.Cms.Shell.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LinkShop.Cms.Content.Data;

// How what the session knows gets into the database, and the transaction around it.
internal sealed partial class DocumentSession
{
    private IDbContextTransaction? _transaction;
    private IDbContextTransaction? _schemaTransaction;
    private bool _cancelled;

    public async Task FlushAsync()
    {
        // while a set-up keeps what is stored there is nothing to flush for: a query that could miss something has it stored first
        if (_cancelled || (_saving.Count == 0 && _deleting.Count == 0) || await KeptAsync() is not null)
            return;
        var writer = new DocumentWriter(await ContextAsync(flush: false), catalog, scopedProviders);
        while (_saving.Count > 0 || _deleting.Count > 0)
        {
            // Index providers may save further documents, which the next round writes.
            Tracked[] saving = [.. _saving], deleting = [.. _deleting];
            _saving.Clear();
            _deleting.Clear();
            await writer.WriteAsync(saving, deleting, BeginAsync);
            _flushed.UnionWith(saving);
            _flushed.ExceptWith(deleting);
            foreach (var tracked in deleting)
                _known.Remove(tracked);
        }
    }

    public async Task SaveChangesAsync()
    {
        if (_cancelled)
            return;
        try
        {
            // What was saved, written because of a query, and changed after that: handlers run between saving and committing.
            _saving.AddRange(_flushed.Where(tracked => !_saving.Contains(tracked) && !_deleting.Contains(tracked) && DocumentTypes.Serialize(tracked.Entity) != tracked.Content).ToArray());
            if (await KeptAsync() is { } kept && await KeepAsync(kept))
                return;
            await FlushAsync();
            if (_transaction is null)
                return;
            var counted = _changedKinds.Count == 0 ? [] : await stamps.CountAsync(_transaction.GetDbTransaction(), tenant, [.. _changedKinds.Keys.Order(StringComparer.Ordinal)], tell: !IsSettingUp);
            await _transaction.CommitAsync();
            foreach (var (kind, stamp) in counted)
                stamps.Committed(tenant, kind, stamp);
        }
        catch
        {
            await CancelAsync();
            throw;
        }

        await EndTransactionAsync();
        Committed();
    }

    private void Committed()
    {
        _changedKinds.Clear();
        _flushed.Clear();
        var afterCommit = AfterCommit;
        AfterCommit = null;
        afterCommit?.Invoke();
    }

    public async Task CancelAsync()
    {
        _cancelled = true;
        AfterCommit = null;
        _saving.Clear();
        _deleting.Clear();
        await EndTransactionAsync();
    }

    /// <summary>Opens the transaction for writes, unless it is open.</summary>
    public async Task<IDbContextTransaction> BeginAsync()
    {
        if (_transaction is not null)
            return _transaction;
        if (IsMoving)
            throw ShopPlace.Refuse(tenant);
        var context = await ContextAsync(flush: false);
        if (database.Writer is { } turn)
            await turn.EnterAsync();
        try
        {
            if (IsSettingUp && database.IsSqlite)
                await SetDurableAsync(context, durable: false);
            return _transaction = await context.Database.BeginTransactionAsync();
        }
        catch
        {
            database.Writer?.Leave();
            throw;
        }
    }

    /// <summary>Lets migrations change tables within this session's transaction.</summary>
    public async Task<SqlSchemaBuilder> BeginSchemaAsync()
    {
        // The transaction keeps two processes from migrating a tenant at the same time. One that is being set up is nobody else's yet.
        var builder = new SqlSchemaBuilder(database, BeginSchemaTransactionAsync);
        if (!IsSettingUp)
            await BeginSchemaTransactionAsync();
        AfterCommit += builder.Committed;
        return builder;
    }

    private async Task<DbTransaction> BeginSchemaTransactionAsync()
    {
        if (_schemaTransaction is { } known && known == _transaction)
            return known.GetDbTransaction();
        _schemaTransaction = await BeginAsync();
        // Two processes that create the same table at the same time would make one of them fail.
        if (!database.IsSqlite)
            await _context!.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtextextended('linkshop content schema', 0))");
        return _schemaTransaction.GetDbTransaction();
    }

    private async Task EndTransactionAsync()
    {
        if (_transaction is not { } transaction)
            return;
        _transaction = null;
        try
        {
            // Rolls back what isn't committed.
            await transaction.DisposeAsync();
            if (IsSettingUp && database.IsSqlite)
                await SetDurableAsync(_context!, durable: true);
        }
        finally
        {
            database.Writer?.Leave();
        }
    }

    // A property of the connection, which goes back to a pool: it is lent open until then, and set back before.
    private static async Task SetDurableAsync(ContentDbContext context, bool durable)
    {
        if (!durable)
            await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
        await command.ExecuteNonQueryAsync();
        if (durable)
            await context.Database.CloseConnectionAsync();
    }
}
