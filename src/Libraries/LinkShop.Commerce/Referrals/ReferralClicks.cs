using System.Collections.Concurrent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Referrals;

/// <summary>Takes clicks. A visitor doesn't wait for a commit: a background task writes them, many together; a crash loses those of the last moments. Attribution doesn't need them, see <see cref="ReferralTokens"/>.</summary>
internal sealed class ReferralClicks : IReferralClicks, IAsyncDisposable
{
    private const int MaxWaiting = 200_000;
    private const int Batch = 4_000;
    private const int MaxKept = 200_000;
    private static readonly TimeSpan LinkFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(30);

    private readonly ICommerceDatabase _database;
    private readonly ISecretProtector _protector;
    private readonly IReferralLinks _links;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Tenant, string Id), (ReferralLink? Link, DateTimeOffset Until)> _known = new();
    private readonly ConcurrentDictionary<(string Tenant, string Link, Int128 Visitor), DateTimeOffset> _visits = new();
    private readonly BackgroundWriter<ClickRow> _writer;

    public ReferralClicks(ICommerceDatabase database, ISecretProtector protector, IReferralLinks links, ILogger<ReferralClicks> logger, TimeProvider clock)
    {
        (_database, _protector, _links, _clock) = (database, protector, links, clock);
        _writer = new(
            database, MaxWaiting, Batch, static r => r.Tenant, ReferralClickRows.StoreAsync, (error, count) => logger.LogError(error, "Lost {Count} clicks", count),
            row => logger.LogWarning("Too many clicks wait to be written; lost one of link {Link}", row.Link.Id));
    }

    public async ValueTask<ReferralClick> HitAsync(TenantScope scope, ReferralHit hit, CancellationToken cancellationToken = default)
    {
        if (await LinkAsync(scope, hit.LinkId, cancellationToken).ConfigureAwait(false) is not { Active: true } link)
            return new ReferralClick(null, ReferralClickKind.Counted, null);
        var (now, kind) = (_clock.GetUtcNow(), ReferralBots.KindOf(hit.UserAgent, hit.Purpose));
        var cipher = await _protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var visitor = ReferralHashes.Of(cipher, PromoterSignal.Device, hit.VisitorId);
        var address = ReferralHashes.Of(cipher, PromoterSignal.Address, hit.ClientAddress);
        if (kind == ReferralClickKind.Counted && !IsNewVisit(scope, link.Id, visitor ?? cipher.Fingerprint($"{hit.ClientAddress}\n{hit.UserAgent}"), now))
            kind = ReferralClickKind.Repeat;
        var id = CommerceId.New(now);
        _writer.Add(new ClickRow(scope.Tenant, id, link, kind, visitor, address, hit.UserId, now));
        return new ReferralClick(link, kind, kind is ReferralClickKind.Counted or ReferralClickKind.Repeat ? ReferralTokens.Make(cipher, id, link.Id) : null);
    }

    public async Task SignedInAsync(TenantScope scope, string userId, IReadOnlyList<string> tokens, CancellationToken cancellationToken = default)
    {
        var cipher = await _protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var clicks = tokens.Take(10).Select(t => ReferralTokens.Read(cipher, t)).OfType<(string ClickId, string LinkId, DateTimeOffset At)>().OrderBy(c => c.LinkId, StringComparer.Ordinal).ThenBy(c => c.At).ToList();
        if (clicks.Count == 0)
            return;
        await _database.WriteAsync(scope, async c =>
        {
            foreach (var (clickId, linkId, at) in clicks)
                await c.ExecuteAsync(ReferralClickRows.Touch, new { userId, link = linkId, click = clickId, at }).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task FlushAsync() => _writer.FlushAsync();

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async ValueTask<ReferralLink?> LinkAsync(TenantScope scope, string id, CancellationToken cancellationToken)
    {
        if (id is not { Length: >= 4 and <= 26 })
            return null;
        var now = _clock.GetUtcNow();
        if (_known.TryGetValue((scope.Tenant, id), out var known) && now < known.Until)
            return known.Link;
        var link = await _links.FindAsync(scope, id, cancellationToken).ConfigureAwait(false);
        // ids that aren't there are kept too, but whoever makes them up can't fill the memory
        if (_known.Count >= MaxKept)
            _known.Clear();
        _known[(scope.Tenant, id)] = (link, now + LinkFor);
        return link;
    }

    private bool IsNewVisit(TenantScope scope, string link, byte[] visitor, DateTimeOffset now)
    {
        if (_visits.Count >= MaxKept)
            _visits.Clear();
        var key = (scope.Tenant, link, System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(visitor));
        if (_visits.TryGetValue(key, out var last) && now - last < OneVisit)
            return false;
        _visits[key] = now;
        return true;
    }
}

/// <summary>A click to be written.</summary>
internal sealed record ClickRow(string Tenant, string Id, ReferralLink Link, ReferralClickKind Kind, byte[]? Visitor, byte[]? Address, string? UserId, DateTimeOffset At)
{
    public bool Counts => Kind is ReferralClickKind.Counted or ReferralClickKind.Repeat;
}

/// <summary>Writes clicks with what they count.</summary>
internal static class ReferralClickRows
{
    /// <summary>A signed-in user's click; the link has to be there.</summary>
    public const string Touch = """
        insert into referral_touch (tenant, user_id, link, first_at, last_at, click) select l.tenant, @userId, l.id, @at, @at, @click from referral_link l where l.tenant = @tenant and l.id = @link
        on conflict (tenant, user_id, link) do update set last_at = case when excluded.last_at > referral_touch.last_at then excluded.last_at else referral_touch.last_at end,
          click = case when excluded.last_at > referral_touch.last_at then excluded.click else referral_touch.click end
        """;

    private const string TouchOf = """
        insert into referral_touch (tenant, user_id, link, first_at, last_at, click) values (@owner, @userId, @link, @at, @at, @click)
        on conflict (tenant, user_id, link) do update set last_at = excluded.last_at, click = excluded.click
        """;

    private const string Insert = "insert into referral_click (tenant, id, link, kind, visitor, address, user_id, at) values (@owner, @id, @link, @kind, @visitor, @address, @userId, @at)";

    private const string InsertAll = """
        insert into referral_click (tenant, id, link, kind, visitor, address, user_id, at) select * from unnest(@owners, @ids, @links, @kinds, @visitors, @addresses, @users, @times)
        """;

    private const string Tally = """
        insert into referral_tally (tenant, kind, promoter, channel, campaign, currency, clicks, visits, at) values (@owner, 'Click', @promoter, @channel, @campaign, '', @clicks, @visits, @at)
        """;

    public static async Task StoreAsync(ICommerceConnection connection, List<ClickRow> rows)
    {
        // like views of orders: what is clicked while a shop moves to another database isn't counted
        var moving = await connection.QueryAsync<string>("select tenant from tenant_move").ConfigureAwait(false);
        rows.RemoveAll(r => moving.Contains(r.Tenant));
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            connection.Defer(InsertAll, new
            {
                owners = rows.ConvertAll(r => r.Tenant),
                ids = rows.ConvertAll(r => r.Id),
                links = rows.ConvertAll(r => r.Link.Id),
                kinds = rows.ConvertAll(r => r.Kind.ToString()),
                visitors = rows.ConvertAll(r => r.Visitor!),
                addresses = rows.ConvertAll(r => r.Address!),
                users = rows.ConvertAll(r => r.UserId!),
                times = rows.ConvertAll(r => r.At.ToUnixTimeMilliseconds()),
            });
        }
        else
        {
            foreach (var r in rows)
                connection.Defer(Insert, new { owner = r.Tenant, id = r.Id, link = r.Link.Id, kind = r.Kind, visitor = r.Visitor, address = r.Address, userId = r.UserId, at = r.At });
        }

        foreach (var group in rows.Where(r => r.Counts).GroupBy(r => (r.Tenant, r.Link.Promoter, r.Link.Channel, r.Link.Campaign, Day: r.At.ToUnixTimeMilliseconds() / 86_400_000)))
        {
            var at = group.First().At;
            connection.Defer(Tally, new { owner = group.Key.Tenant, group.Key.Promoter, group.Key.Channel, group.Key.Campaign, clicks = group.LongCount(), visits = group.LongCount(r => r.Kind == ReferralClickKind.Counted), at });
        }

        // in key order: another process may write the same
        foreach (var r in rows.Where(r => r.Counts && r.UserId is not null).OrderBy(r => r.Tenant, StringComparer.Ordinal).ThenBy(r => r.UserId, StringComparer.Ordinal).ThenBy(r => r.Link.Id, StringComparer.Ordinal))
            connection.Defer(TouchOf, new { owner = r.Tenant, userId = r.UserId, link = r.Link.Id, click = r.Id, at = r.At });
    }
}
