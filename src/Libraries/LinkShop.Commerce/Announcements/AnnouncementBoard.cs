using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Announcements;

/// <inheritdoc />
internal sealed class AnnouncementBoard(ICommerceDatabase database, TimeProvider clock) : IAnnouncements, IDisposable
{
    private const int MaxText = 500;

    private const string Columns = "select id, text_zh, text_en, level, starts_at, ends_at, actor from announcement where tenant = @tenant";

    private const string Insert = """
        insert into announcement (tenant, id, text_zh, text_en, level, starts_at, ends_at, actor, created_at)
        values (@tenant, @id, @textZh, @textEn, @level, @startsAt, @endsAt, @actor, @now)
        """;

    private static readonly TenantScope Platform = new("Default");

    /// <summary>How old what is shown may be: another process's announcement is seen after this long.</summary>
    internal static readonly TimeSpan Age = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private Board? _board;

    public async ValueTask<IReadOnlyList<Announcement>> CurrentAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var board = Volatile.Read(ref _board);
        if (board is null || now - board.ReadAt > Age)
            board = await ReadAsync(board, now, cancellationToken).ConfigureAwait(false);
        // nearly always there is nothing
        return board.Items.Count == 0 ? board.Items : [.. board.Items.Where(a => a.StartsAt <= now && a.EndsAt > now).OrderByDescending(a => a.Level).ThenByDescending(a => a.Id, StringComparer.Ordinal)];
    }

    public Task<IReadOnlyList<Announcement>> ListAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(Platform, c => c.QueryAsync<Announcement>(Columns + " order by id desc limit 100"), cancellationToken);

    public async Task<CommerceResult<Announcement>> PublishAsync(Announcement draft, CancellationToken cancellationToken = default)
    {
        var made = draft with { Id = CommerceId.New(clock), TextZh = draft.TextZh.Trim(), TextEn = draft.TextEn.Trim() };
        if (made.TextZh.Length == 0)
            return new CommerceError(CommerceErrors.Required, "An announcement says something.", "textZh");
        if (made.TextZh.Length > MaxText || made.TextEn.Length > MaxText)
            return new CommerceError(CommerceErrors.TooLong, $"At most {MaxText} characters.", made.TextZh.Length > MaxText ? "textZh" : "textEn");
        if (made.EndsAt <= made.StartsAt || made.EndsAt <= clock.GetUtcNow())
            return new CommerceError(CommerceErrors.Invalid, "It ends after it begins, and not in the past.", "endsAt");
        if (!Enum.IsDefined(made.Level))
            return new CommerceError(CommerceErrors.Invalid, "There is no such level.", "level");
        await ChangeAsync(Insert, new { made.Id, made.TextZh, made.TextEn, made.Level, made.StartsAt, made.EndsAt, made.Actor, now = clock.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        return made;
    }

    public Task WithdrawAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync("delete from announcement where tenant = @tenant and id = @id", new { id }, cancellationToken);

    public void Dispose() => _reading.Dispose();

    private async Task ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await database.WriteAsync(Platform, c => c.ExecuteAsync(sql, parameters), cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _board, null);
    }

    // one reader at a time; whoever comes meanwhile takes what there was
    private async Task<Board> ReadAsync(Board? old, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await _reading.WaitAsync(old is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            return old!;
        try
        {
            if (Volatile.Read(ref _board) is { } newer && !ReferenceEquals(newer, old))
                return newer;
            var board = new Board(now, await database.ReadAsync(Platform, c => c.QueryAsync<Announcement>(Columns + " and ends_at > @now", new { now }), cancellationToken).ConfigureAwait(false));
            Volatile.Write(ref _board, board);
            return board;
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Board(DateTimeOffset ReadAt, IReadOnlyList<Announcement> Items);
}
