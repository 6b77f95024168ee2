using System.Globalization;
using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Tests.Reconciliation;

/// <summary>A tenant with payment events, and short forms of what its accountant does. The events are written as rows: these tests are about comparing, not about orders.</summary>
internal sealed class SettlementDesk(TestCommerce commerce, TenantScope scope) : IAsyncDisposable
{
    public const string Header = "payment_id,type,amount,currency,time";

    private const string InsertOrder = """
        insert into orders (tenant, id, state, fulfilment, currency, subtotal, discount, total, captured, refunded, refund_due, undeliverable, culture, created_at, reserved_until)
        values (@tenant, @orderId, 'Cancelled', 'None', 'CNY', 0, 0, 0, 0, 0, 0, @no, 'en', 0, 0) on conflict do nothing
        """;

    private const string InsertPayment = """
        insert into payments (tenant, order_id, provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, first_at)
        values (@tenant, @orderId, @provider, @paymentId, 0, 0, @no, @no, @no, @no, 0, 0) on conflict do nothing
        """;

    private const string InsertEvent = """
        insert into payment_events (tenant, provider, event_id, order_id, payment_id, kind, amount, currency, refused, occurred_at, received_at)
        values (@tenant, @provider, @eventId, @orderId, @paymentId, @kind, @amount, @currency, @refused, @at, @at)
        """;

    public TestCommerce Commerce => commerce;

    public TenantScope Scope => scope;

    public IReconciliations Reconciliations => commerce.Get<IReconciliations>();

    public static async Task<SettlementDesk> OpenAsync(CommerceDialect dialect) => new(await TestCommerce.StartAsync(dialect), TestCommerce.Mall);

    public SettlementDesk As(TenantScope other) => new(commerce, other);

    public SettlementDesk InSecondProcess() => new(commerce.SecondProcess(), scope);

    /// <summary>Noon of a day of March 2026.</summary>
    public static DateTimeOffset Day(int day) => new(2026, 3, day, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Whole days of March 2026.</summary>
    public static ReconciliationPeriod Days(int from, int until) => new(new(2026, 3, from, 0, 0, 0, TimeSpan.Zero), new(2026, 3, until, 0, 0, 0, TimeSpan.Zero));

    public static string Line(string payment, string amount, int day = 5, string type = "payment", string currency = "CNY") =>
        $"{payment},{type},{amount},{currency},{Day(day):yyyy-MM-dd'T'HH:mm:ss}Z";

    public static string File(params string[] lines) => string.Join('\n', [Header, .. lines]) + "\n";

    public Task HappenedAsync(
        string payment, long minor, int day = 5, PaymentEventKind kind = PaymentEventKind.Paid, string currency = "CNY", string? id = null, string provider = "test", string? refused = null,
        DateTimeOffset? at = null) =>
        commerce.Database.WriteAsync(scope, c =>
        {
            var row = new
            {
                provider,
                eventId = id ?? string.Create(CultureInfo.InvariantCulture, $"{payment}-{kind}-{minor}-{day}"),
                orderId = "order-" + payment,
                paymentId = payment,
                kind,
                amount = minor,
                currency,
                refused,
                at = at ?? Day(day),
                no = false,
            };
            return c.ExecuteBatchAsync([(InsertOrder, row), (InsertPayment, row), (InsertEvent, row)]);
        });

    public Task<CommerceResult<ReconciliationSummary>> TryImportAsync(string text, ReconciliationPeriod? period = null, string provider = "test", string actor = "ann") =>
        TryImportAsync(Encoding.UTF8.GetBytes(text), period, provider, actor);

    public Task<CommerceResult<ReconciliationSummary>> TryImportAsync(byte[] bytes, ReconciliationPeriod? period = null, string provider = "test", string actor = "ann") =>
        Reconciliations.ImportAsync(scope, new ReconciliationRequest(provider, "march.csv", actor, period), new MemoryStream(bytes));

    public async Task<ReconciliationSummary> ImportAsync(string text, ReconciliationPeriod? period = null, string actor = "ann")
    {
        var result = await TryImportAsync(text, period, actor: actor);
        Assert.True(result.Succeeded, string.Join('\n', result.Errors.Select(e => $"{e.Field} {e.Code} {e.Message}")));
        return result.Value;
    }

    public async Task<IReadOnlyList<ReconciliationItem>> ItemsAsync(ReconciliationSummary of) =>
        (await Reconciliations.ItemsAsync(scope, of.Id, new ReconciliationItemFilter { Take = 500 })).Items;

    /// <summary>The outcomes in short: matched, missing here, missing there, amount differs, duplicate.</summary>
    public static (int, int, int, int, int) Counts(ReconciliationSummary s) => (s.Matched, s.MissingHere, s.MissingThere, s.AmountDiffers, s.DuplicateInFile);

    /// <summary>Rows of every table there is.</summary>
    public async Task<string> AllRowCountsAsync()
    {
        var tables = await commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>(commerce.Dialect == CommerceDialect.Sqlite
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            : "select table_name from information_schema.tables where table_schema = current_schema()"));
        var counts = new List<string>();
        foreach (var table in tables.Order(StringComparer.Ordinal))
            counts.Add($"{table} {await commerce.CountAsync(table)}");
        Assert.Contains("reconciliation 0", counts);
        return string.Join('\n', counts);
    }

    /// <summary>What verification says about reconciliations; that the events have no whole orders is not looked at.</summary>
    public async Task<string[]> BreachesAsync() =>
        [.. (await commerce.Get<ICommerceVerifier>().RunAsync()).Breaches.Select(b => b.Code).Where(c => c == "written_off_twice" || c.StartsWith("reconciliation", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => commerce.DisposeAsync();
}
