using System.Collections.Concurrent;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <summary>A row of an account.</summary>
internal readonly record struct AccountKey(LedgerAccount Account, string Currency, int Slot);

/// <summary>Ids of account rows. They never change, not even when the tenant moves to another database, and rows are never deleted, so what was committed once is kept in memory.</summary>
internal sealed class LedgerAccounts
{
    private const int MaxCached = 200_000;

    private const string Find = "select id from ledger_account where tenant = @tenant and owner = @owner and purpose = @purpose and currency = @currency and slot = @slot";

    private const string Open = """
        insert into ledger_account (id, tenant, owner, purpose, currency, slot, floored) values (@id, @tenant, @owner, @purpose, @currency, @slot, @floored)
        on conflict (tenant, owner, purpose, currency, slot) do nothing
        """;

    private readonly ConcurrentDictionary<(string Tenant, AccountKey Key), long> _ids = new();

    /// <summary>The row that a transfer uses: the same one each time it is sent, and for all transfers whose ids begin with the same text up to a colon.
    /// An order then locks one row of each account.</summary>
    public static AccountKey KeyFor(ICommerceConnection connection, LedgerAccount account, string currency, string transferId)
    {
        // SQLite has one writer, who waits for nobody
        var slots = connection.Dialect == CommerceDialect.Sqlite ? 1 : LedgerPolicy.SlotsOf(account.Purpose);
        return new AccountKey(account, currency, slots == 1 ? 0 : (int)(Hash(transferId.AsSpan(0, transferId.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? colon : transferId.Length)) % (uint)slots));
    }

    /// <summary>The ids of rows, opened where there are none yet.</summary>
    public async ValueTask<Dictionary<AccountKey, long>> ResolveAsync(ICommerceConnection connection, IReadOnlyCollection<AccountKey> keys)
    {
        var found = new Dictionary<AccountKey, long>(keys.Count);
        List<AccountKey>? missing = null;
        foreach (var key in keys)
        {
            if (_ids.TryGetValue((connection.Tenant!, key), out var id))
                found[key] = id;
            else
                (missing ??= []).Add(key);
        }

        // in one order, as whoever opens the same accounts at the same time waits for us
        foreach (var key in missing?.OrderBy(k => (k.Account.Owner, k.Account.Purpose, k.Currency, k.Slot)).ToList() ?? [])
        {
            var parameters = new { id = RowIds.Next(), owner = key.Account.Owner, purpose = key.Account.Purpose, currency = key.Currency, slot = key.Slot, floored = LedgerPolicy.IsFloored(key.Account.Purpose) };
            var id = await connection.QuerySingleOrDefaultAsync<long?>(Find, parameters).ConfigureAwait(false);
            if (id is null)
            {
                connection.Defer(Open, parameters);
                id = await connection.QuerySingleOrDefaultAsync<long?>(Find, parameters).ConfigureAwait(false)
                    ?? throw new InvalidOperationException($"The account {key.Account} could not be opened.");
            }

            found[key] = id.Value;
            connection.WhenCertain(() => Keep(connection.Tenant!, key, id.Value));
        }

        return found;
    }

    /// <summary>The ids of all rows of an account; empty when it was never used.</summary>
    public static Task<IReadOnlyList<long>> RowsAsync(ICommerceConnection connection, LedgerAccount account, string currency) => connection.QueryAsync<long>(
        "select id from ledger_account where tenant = @tenant and owner = @owner and purpose = @purpose and currency = @currency order by slot",
        new { owner = account.Owner, purpose = account.Purpose, currency });

    private void Keep(string tenant, AccountKey key, long id)
    {
        if (_ids.Count >= MaxCached)
            _ids.Clear();
        _ids[(tenant, key)] = id;
    }

    // FNV-1a: the same in every process and version, which string.GetHashCode is not
    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }
}
