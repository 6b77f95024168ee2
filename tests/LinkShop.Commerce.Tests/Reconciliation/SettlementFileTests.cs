using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Reconciliation;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

public sealed class SettlementFileTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Every_error_is_told_by_line_and_column_and_nothing_is_stored(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 100);
        var before = await desk.AllRowCountsAsync();
        var result = await desk.TryImportAsync("""
            payment_id,type,amount,currency,time,order_id,reference
            p,payment,1.00,CNY,2026-03-05T12:00:00Z,,
            p,payout,1.00,CNY,2026-03-05T12:00:00Z,,
            ,refund,-1.00,cnx,2026-03-05T12:00:00,,
            p,payment,1.005,CNY,05.03.2026,,
            p,payment,10.5,JPY,2026-03-05,,
            p,payment,0,CNY,2026-03-05,,
            p,payment,"1,000.00",CNY,2026-03-05,,
            p,payment,1,000.00,CNY,2026-03-05,,
            p,"pay"ment,1.00,CNY,2026-03-05,,
            p,payment
            LONG,payment,1.00,CNY,2026-03-05,LONG,LONG
            p,payment,99999999999999.00,CNY,2026-03-05,,
            p,payment,0.00000000000000000000000001,KWD,2026-03-05,,
            ,payment,,,,,
            """.Replace("LONG", new string('x', 129)));
        var errors = result.Errors.Select(SettlementFileError.Of).ToList();

        Assert.Equal(
            [
                "3 type unknown_type", "4 payment_id required", "4 currency unknown_currency", "4 amount bad_amount", "4 time bad_time",
                "5 amount too_many_decimals", "5 time bad_time", "6 amount too_many_decimals", "7 amount bad_amount", "8 amount bad_amount", "9  bad_csv", "10  bad_csv",
                "11 currency required", "11 amount required", "11 time required",
                "12 payment_id too_long", "12 order_id too_long", "12 reference too_long", "13 amount bad_amount", "14 amount too_long",
                "15 payment_id required", "15 currency required", "15 amount required", "15 time required",
            ],
            errors.Select(e => $"{e!.Line} {e.Column} {e.Code}"));
        Assert.Equal(before, await desk.AllRowCountsAsync());
    }

    [Theory]
    [InlineData("", "required file")]
    [InlineData("\uFEFF", "required lines[1]")]
    [InlineData("\n\n", "required lines[1]")]
    [InlineData(Header + "\n", "required file")]
    [InlineData("type,amount\npayment,1\n", "column_missing lines[1].payment_id|column_missing lines[1].currency|column_missing lines[1].time")]
    [InlineData(Header + ",Amount\n", "bad_csv lines[1].amount")]
    [InlineData("\"" + Header + "\n", "bad_csv lines[1]|column_missing lines[1].payment_id|column_missing lines[1].type|column_missing lines[1].amount|column_missing lines[1].currency|column_missing lines[1].time")]
    [InlineData(Header + "\np,payment,1.00,CNY,\"2026-03-05\np,payment,1.00,CNY,2026-03-05\n", "bad_csv lines[2]")]
    [InlineData(Header + "\np,payment,1.0\"0,CNY,2026-03-05\n", "bad_csv lines[2]")]
    [InlineData(Header + "\np\u0001,payment,1.00,CNY,2026-03-05\n", "bad_csv lines[2].payment_id")]
    public async Task A_file_that_cannot_be_read_is_refused(string text, string expected)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var result = await desk.TryImportAsync(text);
        Assert.Equal(expected, string.Join('|', result.Errors.Select(e => $"{e.Code} {e.Field}")));
    }

    [Fact]
    public async Task Semicolons_instead_of_commas_are_told_as_such()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var result = await desk.TryImportAsync(File(Line("p", "1.00")).Replace(',', ';'));
        Assert.Equal(["payment_id", "type", "amount", "currency", "time"], result.Errors.Select(e => SettlementFileError.Of(e)!.Column));
        Assert.All(result.Errors, e => Assert.Equal(SettlementFileError.ColumnMissing, e.Code));
        Assert.All(result.Errors, e => Assert.Contains("not by ';'", e.Message));
    }

    [Fact]
    public async Task Another_encoding_is_told_by_line()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        byte[] latin = [.. Encoding.UTF8.GetBytes(File(Line("p", "1.00"))), 0xFC, .. Encoding.UTF8.GetBytes(Line("q", "1.00"))];
        Assert.Equal("bad_csv lines[3]", Assert.Single((await desk.TryImportAsync(latin)).Errors) is var e ? $"{e.Code} {e.Field}" : "");
    }

    [Theory]
    [InlineData("payment_id,type,amount,currency,time\np,payment,10.00,CNY,2026-03-05T12:00:00Z\n")]
    [InlineData("\uFEFFpayment_id,type,amount,currency,time\r\np,payment,10.00,CNY,2026-03-05T12:00:00Z\r\n")]
    [InlineData("\uFEFF\"payment_id\",\"type\",\"amount\",\"currency\",\"time\"\n\"p\",\"payment\",\"10.00\",\"CNY\",\"2026-03-05T12:00:00Z\"")]
    [InlineData("Time, CURRENCY ,memo,Amount,Type,PAYMENT_ID\n\n2026-03-05 20:00:00+08:00,cny,\"two\nlines, \"\"quoted\"\"\",10, Payment ,p\n")]
    [InlineData("payment_id,type,amount,currency,time,order_id\np,payment,0010.0,CNY,2026-03-05\n")]
    [InlineData("payment_id,type,amount,currency,time\np,payment,10.00,CNY,2026-03-05T23:59:59.9999999Z\n")]
    [InlineData("payment_id,type,amount,currency,time\np,payment,10.00,CNY,2026-03-06T00:30+01:00\n")]
    public async Task All_these_are_the_same_line(string text)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        await desk.HappenedAsync("p", 1000);
        var summary = await desk.ImportAsync(text);
        Assert.Equal(((1, 0, 0, 0, 0), 1), (Counts(summary), summary.Lines));
        Assert.Equal(Days(5, 6), summary.Period);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Amounts_have_the_decimals_of_their_currency(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("yen", 1250, currency: "JPY");
        await desk.HappenedAsync("fen", 1250, currency: "CNY");
        await desk.HappenedAsync("fils", 1250, currency: "KWD");
        Assert.Equal((3, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("yen", "1250", currency: "JPY"), Line("fen", "12.5", currency: "CNY"), Line("fils", "1.250", currency: "KWD")))));
        var refused = await desk.TryImportAsync(File(Line("yen", "1250.1", currency: "JPY"), Line("fen", "12.505", currency: "CNY"), Line("fils", "1.2505", currency: "KWD"), Line("yen", "1250.0", currency: "JPY")));
        Assert.Equal([(2, "too_many_decimals"), (3, "too_many_decimals"), (4, "too_many_decimals")], refused.Errors.Select(e => (SettlementFileError.Of(e)!.Line, e.Code)));
    }

    [Fact]
    public async Task At_most_a_thousand_errors_are_told()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        Assert.Equal(1000, (await desk.TryImportAsync(File([.. Enumerable.Repeat("p,payment,x,CNY,y", 3000)]))).Errors.Count);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read_to_its_end()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var lines = await desk.TryImportAsync(File([.. Enumerable.Repeat("f,fee,1,CNY,2026-03-05", 1_000_001)]));
        Assert.Equal((CommerceErrors.TooLong, "file"), (lines.Error!.Code, lines.Error.Field));

        using var endless = new EndlessFile();
        var bytes = await desk.Reconciliations.ImportAsync(desk.Scope, new ReconciliationRequest("test", "endless.csv", "ann"), endless);
        Assert.Equal((CommerceErrors.TooLong, "file"), (bytes.Error!.Code, bytes.Error.Field));
        Assert.InRange(endless.Given, 50 * 1024 * 1024, 51 * 1024 * 1024);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_make_one_line_of_the_rest()
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        using var endless = new EndlessFile("\"");
        var result = await desk.Reconciliations.ImportAsync(desk.Scope, new ReconciliationRequest("test", "endless.csv", "ann"), endless);
        Assert.Equal("bad_csv lines[2]", Assert.Single(result.Errors) is var e ? $"{e.Code} {e.Field}" : "");
        Assert.InRange(endless.Given, 1, 1024 * 1024);
    }

    [Theory]
    [InlineData(null, "march.csv", "ann", "provider")]
    [InlineData("test", " ", "ann", "fileName")]
    [InlineData("test", "march.csv", "", "actor")]
    [InlineData("test", "mar\0ch.csv", "ann", "fileName")]
    public async Task What_comes_with_the_file_is_checked(string? provider, string fileName, string actor, string field)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        var result = await desk.Reconciliations.ImportAsync(desk.Scope, new ReconciliationRequest(provider!, fileName, actor), new MemoryStream(Encoding.UTF8.GetBytes(File(Line("p", "1.00")))));
        Assert.Equal(field, Assert.Single(result.Errors).Field);
        Assert.Equal(CommerceErrors.Invalid, (await desk.TryImportAsync(File(Line("p", "1.00")), new ReconciliationPeriod(Day(6), Day(5)))).Error!.Code);
    }

    /// <summary>Long fields, so that it has too many bytes before it has too many lines.</summary>
    private sealed class EndlessFile(string begin = "") : MemoryStream
    {
        private static readonly byte[] s_line = Encoding.UTF8.GetBytes($"f,fee,1,CNY,2026-03-05,{new string('x', 1000)}\n");

        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            var next = Given == 0 ? Encoding.UTF8.GetBytes($"{Header},memo\n{begin}") : s_line;
            next.CopyTo(destination);
            Given += next.Length;
            return ValueTask.FromResult(next.Length);
        }
    }
}
