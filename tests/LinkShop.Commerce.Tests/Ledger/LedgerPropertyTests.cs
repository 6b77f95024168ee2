using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using static LinkShop.Commerce.Tests.Ledger.Books;

namespace LinkShop.Commerce.Tests.Ledger;

public sealed class LedgerPropertyTests
{
    private static readonly LedgerAccount[] s_accounts = [Bank, Revenue, Ann, Ben, new("", LedgerPurpose.Tax), new("cy", LedgerPurpose.PromoterAvailable)];

    /// <summary>Any batches, judged by a model of a few lines that knows nothing of the code under test.</summary>
    [Theory]
    [InlineData(CommerceDialect.Sqlite, 60)]
    [InlineData(CommerceDialect.Postgres, 15)]
    public async Task Whatever_is_sent_the_books_are_those_of_a_plain_model(CommerceDialect dialect, int runs)
    {
        var steps = from kind in Gen.Choose(0, 9) from id in Gen.Choose(0, 25) from debit in Gen.Choose(0, 5) from credit in Gen.Choose(0, 5) from amount in Gen.Choose(1, 40)
                    select (Kind: kind, Id: id, Debit: debit, Credit: credit, Amount: (long)amount);
        var batches = steps.NonEmptyListOf().Select(l => l.Chunk(3).ToArray());
        await using var books = await OpenAsync(dialect);
        var run = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(batches.ToArbitrary(), b => RunAsync(books, run++, b).GetAwaiter().GetResult()));
        await books.AssertSoundAsync();
    }

    private static async Task<bool> RunAsync(Books books, int run, (int Kind, int Id, int Debit, int Credit, long Amount)[][] batches)
    {
        // accounts and ids of this run only
        LedgerAccount Of(int i) => s_accounts[i] with { Owner = s_accounts[i].Owner + run };
        var model = new Model();
        foreach (var batch in batches)
        {
            var transfers = batch.Select(s => s.Kind switch
            {
                < 6 => LedgerTransfer.Move($"{run}-{s.Id}", Of(s.Debit), Of(s.Credit), Yuan(s.Amount), "move"),
                < 8 => LedgerTransfer.Hold($"{run}-{s.Id}", Of(s.Debit), Of(s.Credit), Yuan(s.Amount), "hold"),
                8 => LedgerTransfer.Post($"{run}-{s.Id}", $"{run}-{s.Debit + s.Credit}", "post", Yuan(s.Amount)),
                _ => LedgerTransfer.Void($"{run}-{s.Id}", $"{run}-{s.Debit + s.Credit}", "void"),
            }).ToArray();
            if ((await books.PostAsync(transfers)).Succeeded != model.Apply(transfers))
                return false;
        }

        for (var i = 0; i < s_accounts.Length; i++)
        {
            if (await books.HasAsync(Of(i)) != model.Of(Of(i)))
                return false;
        }

        return true;
    }

    private sealed class Model
    {
        private Dictionary<LedgerAccount, (long Balance, long Held)> _accounts = [];
        private Dictionary<string, LedgerTransfer> _done = [];
        private Dictionary<string, LedgerTransfer> _open = [];

        public (long Balance, long Held) Of(LedgerAccount account) => _accounts.GetValueOrDefault(account);

        public bool Apply(LedgerTransfer[] transfers)
        {
            var before = (new Dictionary<LedgerAccount, (long, long)>(_accounts), new Dictionary<string, LedgerTransfer>(_done), new Dictionary<string, LedgerTransfer>(_open));
            if (transfers.All(t => t.HoldId is not null || t.Debit != t.Credit) && transfers.All(Step))
                return true;
            (_accounts, _done, _open) = before;
            return false;
        }

        private bool Step(LedgerTransfer t)
        {
            if (_done.TryGetValue(t.Id, out var known))
                return known == t;
            _done[t.Id] = t;
            if (t.HoldId is null)
            {
                var (balance, held) = Of(t.Debit);
                var amount = t.Amount!.Value.Minor;
                if (t.Debit.Purpose is LedgerPurpose.MerchantAvailable or LedgerPurpose.PromoterAvailable && balance - held < amount)
                    return false;
                if (t.Kind == LedgerTransferKind.Hold)
                {
                    _accounts[t.Debit] = (balance, held + amount);
                    _open[t.Id] = t;
                }
                else
                {
                    Move(t.Debit, t.Credit, amount);
                }

                return true;
            }

            if (!_open.Remove(t.HoldId, out var hold) || t.Amount?.Minor > hold.Amount!.Value.Minor)
                return false;
            var (has, kept) = Of(hold.Debit);
            _accounts[hold.Debit] = (has, kept - hold.Amount!.Value.Minor);
            if (t.Kind == LedgerTransferKind.Post)
                Move(hold.Debit, hold.Credit, t.Amount!.Value.Minor);
            return true;
        }

        private void Move(LedgerAccount from, LedgerAccount to, long amount)
        {
            _accounts[from] = (Of(from).Balance - amount, Of(from).Held);
            _accounts[to] = (Of(to).Balance + amount, Of(to).Held);
        }
    }
}
