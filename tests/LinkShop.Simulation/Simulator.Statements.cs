using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;

namespace LinkShop.Simulation;

/// <summary>
/// The provider's settlement files have what it really did. What it hasn't told of yet is taken over out of them, and its own news of it come later. A file now and then forgets a line that the next one has;
/// what that makes differ may be written off meanwhile.
/// </summary>
internal sealed partial class Simulator
{
    // all that the provider did; what of it is in no file yet; and what was taken over out of a file, or recorded by staff, and not told since
    private readonly List<Letter> _moves = [];
    private readonly List<Letter> _unfiled = [];
    private readonly List<Letter> _takenOver = [];
    private readonly HashSet<string> _forgotten = [];
    private readonly Dictionary<string, Letter> _writtenOff = [];
    private readonly List<Letter> _late = [];
    // what the provider of each payment was last asked for and hasn't told yet
    private readonly Dictionary<string, RefundRequest> _questions = [];
    private readonly Dictionary<string, DateTimeOffset> _filedUntil = [];

    private static (string, News, long) KindOf(Letter letter) => (letter.Payment, letter.News, letter.Amount);

    private IEnumerable<Letter> Untold => _moves.Where(m => !_answered.Contains(m.Id));

    /// <summary>The provider did something, and tells of it: soon, or after all else has come.</summary>
    private void Move(Letter letter, int copies = 1)
    {
        _moves.Add(letter);
        _unfiled.Add(letter);
        (_random.Next(10) == 0 ? _late : _letters).AddRange(Enumerable.Repeat(letter, copies));
    }

    /// <summary>The news of one that was taken over change nothing; of two with one amount, whichever comes first is that one, unless we are waiting for one of that amount.</summary>
    private void Recognise(Letter letter)
    {
        if (_takenOver.RemoveAll(l => l.Id == letter.Id) > 0 || _answered.Contains(letter.Id) || IsAnswer(letter) || _takenOver.Find(l => KindOf(l) == KindOf(letter)) is not { } other)
            return;
        _takenOver.Remove(other);
        _answered.Remove(other.Id);
        _answered.Add(letter.Id);
    }

    private bool IsAnswer(Letter letter) => letter.RefundId is not null && _questions.GetValueOrDefault(letter.Payment)?.RefundId == letter.RefundId;

    private void Answer(Letter letter)
    {
        if (IsAnswer(letter) || (letter.RefundId is null && letter.News == News.Refunded && _questions.GetValueOrDefault(letter.Payment)?.Amount.Minor == letter.Amount))
            _questions.Remove(letter.Payment);
    }

    private async Task StatementAsync()
    {
        mall.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var tenant in new[] { Mall.Scope.Tenant, Mall.Stall.Tenant })
            await StatementAsync(tenant);
    }

    private async Task StatementAsync(string tenant)
    {
        var lines = _unfiled.Where(l => _orders[l.Order].Tenant == tenant).ToList();
        // a line with another one beside it that could be taken for it isn't forgotten
        var forgotten = lines.FindAll(l => !_forgotten.Contains(l.Id) && _random.Next(12) == 0 && _moves.Count(m => (m.Payment, m.News) == (l.Payment, l.News)) == 1);
        lines.RemoveAll(forgotten.Contains);
        if (lines.Count == 0)
            return;
        _forgotten.UnionWith(forgotten.Select(l => l.Id));
        _unfiled.RemoveAll(lines.Contains);
        var period = new ReconciliationPeriod(_filedUntil.GetValueOrDefault(tenant, DateTimeOffset.UnixEpoch), Now);
        _filedUntil[tenant] = Now;
        var expected = Untold.Where(m => lines.Contains(m) && _moves.Count(o => KindOf(o) == KindOf(m)) == 1).ToList();
        var missing = forgotten.FindAll(m => _answered.Contains(m.Id) && m.At >= period.From);
        var id = await ImportAsync(new TenantScope(tenant), period, lines);
        foreach (var line in lines.Where(l => _writtenOff.ContainsKey(l.Id)))
            _writtenOff.Remove(line.Id);
        await JudgeStatementAsync(new TenantScope(tenant), id, expected, missing);
    }

    /// <summary>Perhaps by several people at once, or again after a crash: it is one file.</summary>
    private async Task<string> ImportAsync(TenantScope scope, ReconciliationPeriod period, List<Letter> lines)
    {
        static string TypeOf(News news) => news switch { News.Paid => "payment", News.Refunded => "refund", _ => "chargeback" };
        var text = "payment_id,type,amount,currency,time,order_id,reference\n" + string.Concat(lines.Select(l => string.Create(
            CultureInfo.InvariantCulture, $"{l.Payment},{TypeOf(l.News)},{l.Amount / 100m:F2},CNY,{l.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ},{l.Order},{l.Id}\n")));
        var content = System.Text.Encoding.UTF8.GetBytes(text);
        var request = new ReconciliationRequest("sim", "statement.csv", "simulation", period);
        string? id = null;
        foreach (var result in await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => OnceAsync(() => mall.Get<IReconciliations>().ImportAsync(scope, request, new MemoryStream(content)))).ToList()))
        {
            if (result.Error is { Code: not CommerceErrors.AlreadyImported } error)
                throw new Breach($"a settlement file was refused: {error.Code} {error.Message}");
            var known = result.Succeeded ? result.Value.Id : result.Error!.Field!;
            if ((id ??= known) != known)
                throw new Breach("a settlement file was imported twice");
        }

        return id!;
    }

    private async Task JudgeStatementAsync(TenantScope scope, string id, List<Letter> expected, List<Letter> missing)
    {
        var items = (await mall.Get<IReconciliations>().ItemsAsync(scope, id, new ReconciliationItemFilter { Take = 500 })).Items;
        foreach (var item in items)
        {
            if (item.Outcome == ReconciliationOutcome.MissingThere && missing.RemoveAll(m => IsAbout(item, m, item.Ours)) == 1)
                await PerhapsWriteOffAsync(scope, item, _moves.First(m => IsAbout(item, m, item.Ours)));
            else if (item.Outcome == ReconciliationOutcome.MissingHere && item.CanTakeOver)
                await PerhapsTakeOverAsync(scope, item, expected);
            else if (item.Outcome != ReconciliationOutcome.MissingHere)
                throw new Breach($"a file says {item.Outcome} of payment {item.PaymentId}: {item.Theirs} there, {item.Ours} here");
        }

        if (expected.Concat(missing).FirstOrDefault() is { } unseen)
            throw new Breach($"a file doesn't say that {unseen.Amount} ({unseen.News}) of payment {unseen.Payment} differs");
    }

    private static bool IsAbout(ReconciliationItem item, Letter move, Money? amount) =>
        move.Payment == item.PaymentId && move.Amount == amount?.Minor && (item.Type, move.News) is (SettlementType.Payment, News.Paid) or (SettlementType.Refund, News.Refunded) or (SettlementType.Chargeback, News.Lost);

    private async Task PerhapsTakeOverAsync(TenantScope scope, ReconciliationItem item, List<Letter> expected)
    {
        var move = Untold.FirstOrDefault(m => IsAbout(item, m, item.Theirs)) ?? throw new Breach($"{item.Theirs} ({item.Type}) of payment {item.PaymentId} could be taken over, and is known");
        expected.Remove(move);
        if (_random.Next(4) == 0)
            return;
        // sometimes it is told just before somebody takes it over
        var told = _random.Next(4) == 0 && _moves.Count(m => KindOf(m) == KindOf(move)) == 1 && _letters.Remove(move);
        if (told)
            await ArriveAsync([move]);
        var results = await ResolveAsync(scope, item, ReconciliationActions.TakenOver);
        var refused = told && move.News != News.Paid;
        if (results.Exists(r => r.Succeeded == refused))
            throw new Breach($"{item.Theirs} ({item.Type}) of payment {item.PaymentId} was {(refused ? "taken over although it had been told" : "not taken over: " + results.Find(r => !r.Succeeded).Error?.Code)}");
        if (told)
            return;
        // a file doesn't say which of our questions it answers
        Learn(move with { RefundId = null });
        if (move.News != News.Paid)
            _takenOver.Add(move);
        await _judge.OrderAsync(_orders[move.Order]);
    }

    private async Task PerhapsWriteOffAsync(TenantScope scope, ReconciliationItem item, Letter move)
    {
        if (_random.Next(2) == 0)
            return;
        if ((await ResolveAsync(scope, item, ReconciliationActions.WrittenOff)).Find(r => !r.Succeeded).Error is { } error)
            throw new Breach($"{item.Ours} of payment {item.PaymentId} was not written off: {error.Code}");
        _writtenOff.Add(move.Id, move);
    }

    private async Task<List<CommerceResult<ReconciliationItem>>> ResolveAsync(TenantScope scope, ReconciliationItem item, string action) =>
        [.. await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => OnceAsync(() => mall.Get<IReconciliations>().ResolveAsync(scope, item.ReconciliationId, item.Id, action, null, "simulation"))).ToList())];

    /// <summary>What was written off, for the books: by how much the provider holds less than what it told, by tenant.</summary>
    private Dictionary<string, long> WrittenOff() =>
        _writtenOff.Values.GroupBy(l => _orders[l.Order].Tenant).ToDictionary(g => g.Key, g => g.Sum(l => l.News == News.Paid ? l.Amount : -l.Amount));
}
