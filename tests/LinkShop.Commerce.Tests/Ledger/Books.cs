using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Tests.Ledger;

/// <summary>A tenant's books on an own database, with some money in them.</summary>
internal sealed class Books(TestCommerce commerce, TenantScope scope) : IAsyncDisposable
{
    public static readonly LedgerAccount Bank = new("bank", LedgerPurpose.ProviderClearing);
    public static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);
    public static readonly LedgerAccount Ann = new("ann", LedgerPurpose.MerchantAvailable);
    public static readonly LedgerAccount Ben = new("ben", LedgerPurpose.MerchantAvailable);

    public TestCommerce Commerce => commerce;

    public ILedgerReads Reads => commerce.Get<ILedgerReads>();

    public static async Task<Books> OpenAsync(CommerceDialect dialect) => new(await TestCommerce.StartAsync(dialect), TestCommerce.Mall);

    public static Money Yuan(long fen) => new(fen, "CNY");

    public Books As(TenantScope other) => new(commerce, other);

    public Books InSecondProcess() => new(commerce.SecondProcess(), scope);

    public Task<CommerceResult<int>> PostAsync(params LedgerTransfer[] transfers) => commerce.Database.WriteAsync(scope, c => commerce.Get<ILedger>().PostAsync(c, transfers));

    /// <summary>Gives a merchant money that came through the bank.</summary>
    public async Task FundAsync(LedgerAccount account, long fen, string? id = null) =>
        Assert.True((await PostAsync(LedgerTransfer.Move(id ?? Guid.NewGuid().ToString("n"), Bank, account, Yuan(fen), "sale"))).Succeeded);

    public async Task<(long Balance, long Held)> HasAsync(LedgerAccount account)
    {
        var balance = await Reads.BalanceAsync(scope, account, "CNY");
        return (balance.Balance.Minor, balance.Held.Minor);
    }

    public async Task AssertSoundAsync()
    {
        var report = await commerce.Get<LinkShop.Commerce.Verify.ICommerceVerifier>().RunAsync();
        Assert.True(report.Ok, report.ToJson());
    }

    public ValueTask DisposeAsync() => commerce.DisposeAsync();
}
