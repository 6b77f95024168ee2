using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Tests.Payouts;

/// <summary>A tenant whose merchant Ann has 1,000.00 CNY to be paid out, and everybody that it takes.</summary>
internal sealed class Desk(TestCommerce commerce, TenantScope scope) : IAsyncDisposable
{
    public const string Ann = "user-ann";
    public const string Clerk = "staff-clerk";
    public const string Boss = "staff-boss";
    public const long Funds = 1_000_00;

    private static readonly LedgerAccount Bank = new("psp", LedgerPurpose.ProviderClearing);
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);
    private static int s_ids;

    public TestCommerce Commerce => commerce;

    public TenantScope Scope => scope;

    public IPayouts Payouts => commerce.Get<IPayouts>();

    public IPayees Payees => commerce.Get<IPayees>();

    public static Money Yuan(long fen) => new(fen, "CNY");

    /// <summary>The sandbox may be used; the fee is 2.00 CNY and half a percent, as rules without one would hide mistakes.</summary>
    public static async Task<Desk> OpenAsync(CommerceDialect dialect, Action<IServiceCollection>? configure = null, Action<PayoutOptions>? options = null)
    {
        var commerce = await TestCommerce.StartAsync(dialect, services =>
        {
            services.Configure<PayoutOptions>(o =>
            {
                o.Sandbox = true;
                o.Currencies["CNY"] = new PayoutLimits { MinimumMinor = 100, FeeMinor = 200, FeeBasisPoints = 50, FourEyesAboveMinor = 500_00 };
                options?.Invoke(o);
            });
            configure?.Invoke(services);
        });
        var desk = new Desk(commerce, TestCommerce.Mall);
        await desk.FundAsync(Ann, Funds);
        return desk;
    }

    public Desk InSecondProcess() => new(commerce.SecondProcess(), scope);

    public Desk As(TenantScope other) => new(commerce, other);

    public Task FundAsync(string owner, long fen, LedgerPurpose purpose = LedgerPurpose.MerchantAvailable) =>
        commerce.Database.WriteAsync(scope, async c => Assert.True((await commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move(Guid.NewGuid().ToString("n"), Bank, new LedgerAccount(owner, purpose), Yuan(fen), "sale")])).Succeeded));

    public static PayeeProfile Profile(string owner = Ann, string account = "6222021234567890", string provider = "sandbox", PayoutDestinationKind kind = PayoutDestinationKind.Sandbox) => new()
    {
        Owner = owner,
        Name = "Ann's cards",
        Identity = new PayeeIdentity("An Ning", "110101199003070017"),
        TaxId = "91110000600037341L",
        TaxCountry = "cn",
        Destination = new PayoutDestination(kind, provider, account, "An Ning", kind == PayoutDestinationKind.Bank ? "招商银行" : null),
    };

    /// <summary>Ann enters all of it, the clerk verifies it.</summary>
    public async Task VerifiedAsync(PayeeProfile? profile = null)
    {
        profile ??= Profile();
        var saved = (await Payees.SaveAsync(scope, profile, Ann)).Value;
        Assert.True((await Payees.VerifyIdentityAsync(scope, profile.Owner, saved.Version, Clerk)).Succeeded);
        Assert.True((await Payees.VerifyDestinationAsync(scope, profile.Owner, saved.Version, Clerk)).Succeeded);
    }

    public static PayoutRequest Request(long fen = 300_00, string? id = null, string owner = Ann) => new()
    {
        Id = id ?? $"payout-{Interlocked.Increment(ref s_ids):D6}", Owner = owner, Purpose = LedgerPurpose.MerchantAvailable, Amount = Yuan(fen), Actor = Ann,
    };

    public async Task<Payout> RequestedAsync(long fen = 300_00) => (await Payouts.RequestAsync(scope, Request(fen))).Value;

    public async Task<Payout> ApprovedAsync(long fen = 300_00)
    {
        var payout = await RequestedAsync(fen);
        return (await Payouts.ApproveAsync(scope, payout.Id, Clerk)).Value;
    }

    public async Task<(long Balance, long Held)> HasAsync(string owner = Ann)
    {
        var balance = await commerce.Get<ILedgerReads>().BalanceAsync(scope, new LedgerAccount(owner, LedgerPurpose.MerchantAvailable), "CNY");
        return (balance.Balance.Minor, balance.Held.Minor);
    }

    public async Task<long> RevenueAsync() => (await commerce.Get<ILedgerReads>().BalanceAsync(scope, Revenue, "CNY")).Balance.Minor;

    public async Task<long> AtProviderAsync(string provider = "sandbox") =>
        (await commerce.Get<ILedgerReads>().BalanceAsync(scope, new LedgerAccount(provider, LedgerPurpose.ProviderClearing), "CNY")).Balance.Minor;

    public Task<IReadOnlyList<string>> EventsAsync(string of = "Payout%") => commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>("select type from outbox where type like @of order by id", new { of }));

    /// <summary>Everything that a refusal has to leave alone.</summary>
    public async Task<string> AllRowsAsync()
    {
        var counts = new List<long>();
        foreach (var table in new[] { "payout", "ledger_transfer", "ledger_hold", "ledger_account", "sandbox_payout", "outbox" })
            counts.Add(await commerce.CountAsync(table, table == "outbox" ? "type like 'Payout%'" : "1 = 1"));
        var states = await commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>("select id || ' ' || state || ' ' || cast(updated_at as text) from payout order by id"));
        return $"{await HasAsync()} {string.Join(' ', counts)} {string.Join(' ', states)}";
    }

    public Task CorruptAsync(string sql) => commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(sql));

    public Task<VerifyReport> VerifyAsync() => commerce.Get<ICommerceVerifier>().RunAsync();

    public async Task AssertSoundAsync()
    {
        var report = await VerifyAsync();
        Assert.True(report.Ok, report.ToJson());
    }

    public ValueTask DisposeAsync() => commerce.DisposeAsync();
}

/// <summary>A provider that does what a test wants around another.</summary>
internal sealed class WrappedProvider(IPayoutProvider inner, Func<IPayoutProvider, TenantScope, PayoutOrder, Task<PayoutSendResult>> send) : IPayoutProvider
{
    public string Name => inner.Name;

    public string DisplayName => inner.DisplayName;

    public IReadOnlyList<PayoutDestinationKind> DestinationKinds => inner.DestinationKinds;

    public bool IsByHand => inner.IsByHand;

    public ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default) => inner.IsUsableAsync(scope, cancellationToken);

    public Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default) => send(inner, scope, order);

    /// <summary>Puts it around the sandbox.</summary>
    public static Action<IServiceCollection> Around(Func<IPayoutProvider, TenantScope, PayoutOrder, Task<PayoutSendResult>> send) => services =>
    {
        services.Remove(services.Single(s => s.ImplementationType == typeof(SandboxPayoutProvider)));
        services.AddSingleton<IPayoutProvider>(p => new WrappedProvider(ActivatorUtilities.CreateInstance<SandboxPayoutProvider>(p), send));
    };
}
