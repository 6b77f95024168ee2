using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void An_allocation_sums_to_the_amount_and_differs_from_the_exact_share_by_less_than_one_unit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            (from minor in Gen.Choose(-1_000_000, 1_000_000)
             from weights in Gen.NonEmptyListOf(Gen.Choose(0, 10_000))
             select (minor, weights: weights.Select(w => (long)w).ToArray())).Where(c => c.weights.Sum() > 0).ToArbitrary(),
            c =>
            {
                var parts = new Money(c.minor, "CNY").Allocate(c.weights);
                var total = c.weights.Sum();
                return parts.Sum(p => p.Minor) == c.minor
                    && parts.Zip(c.weights).All(p => Math.Abs(p.First.Minor - ((decimal)c.minor * p.Second / total)) < 1)
                    && parts.Zip(c.weights).All(p => p.Second > 0 || p.First.Minor == 0);
            }));

    [Fact]
    public void An_amount_written_as_decimal_reads_back_as_itself_in_every_currency() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            (from minor in Gen.Choose(int.MinValue, int.MaxValue) from currency in Gen.Elements(Currencies.All.ToArray()) select new Money(minor, currency)).ToArbitrary(),
            money => Money.Parse(money.ToDecimalString(), money.Currency).Value == money));

    [Theory]
    [InlineData("12.30", "CNY", 1230)]
    [InlineData("12.3", "CNY", 1230)]
    [InlineData("12", "JPY", 12)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("12.00", "JPY", 12)]
    [InlineData(" -0.01 ", "USD", -1)]
    public void Amounts_are_read(string text, string currency, long minor) => Assert.Equal(new Money(minor, currency), Money.Parse(text, currency).Value);

    [Theory]
    [InlineData("12.345", "CNY", CommerceErrors.Invalid)]
    [InlineData("1.5", "JPY", CommerceErrors.Invalid)]
    [InlineData("1,000", "CNY", CommerceErrors.Invalid)]
    [InlineData("1e3", "CNY", CommerceErrors.Invalid)]
    [InlineData("99999999999999999999", "CNY", CommerceErrors.Invalid)]
    [InlineData("", "CNY", CommerceErrors.Required)]
    [InlineData("1", "XXX", CommerceErrors.Invalid)]
    public void What_is_no_exact_amount_is_refused_with_its_field(string text, string currency, string code)
    {
        var error = Money.Parse(text, currency, "price").Error!;
        Assert.Equal((code, "price"), (error.Code, error.Field));
    }

    [Fact]
    public void Arithmetic_is_checked()
    {
        var yuan = new Money(100, "CNY");
        Assert.Equal(new Money(250, "CNY"), yuan + new Money(150, "CNY"));
        Assert.Throws<InvalidOperationException>(() => yuan + new Money(1, "USD"));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "CNY") + yuan);
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "CNY") * 2);
        Assert.Equal(33, new Money(333, "CNY").PortionDown(1000).Minor);
        Assert.Equal(long.MaxValue, new Money(long.MaxValue, "CNY").PortionDown(10_000).Minor);
    }

    [Theory]
    [InlineData(123456, "CNY", "zh-CN", "¥1,234.56")]
    [InlineData(1234, "JPY", "en-US", "JPY 1,234")]
    [InlineData(-500, "USD", "en-US", "-$5.00")]
    public void Amounts_are_written_as_people_of_a_culture_write_them(long minor, string currency, string culture, string expected) =>
        Assert.Equal(expected, new Money(minor, currency).Format(CultureInfo.GetCultureInfo(culture)).Replace('\u00a0', ' '));

    [Fact]
    public void Ids_are_unique_well_formed_and_in_time_order()
    {
        var now = DateTimeOffset.UtcNow;
        var ids = Enumerable.Range(0, 10_000).Select(i => CommerceId.New(now.AddMilliseconds(i / 4))).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(CommerceId.IsWellFormed(id)));
        Assert.Equal(ids.Chunk(4).SelectMany(c => c.Order(StringComparer.Ordinal)), ids.Order(StringComparer.Ordinal));
        Assert.True(string.CompareOrdinal(CommerceId.LowerBound(now), ids[0]) <= 0);
        Assert.Equal(new string('0', CommerceId.Length), CommerceId.LowerBound(DateTimeOffset.MinValue));
        Assert.False(CommerceId.IsWellFormed(ids[0].ToLowerInvariant()));
    }

    [Fact]
    public void The_state_machine_of_an_order_is_the_one_of_the_design()
    {
        Assert.True(OrderTransitions.Allows(OrderState.AwaitingPayment, OrderState.Expired));
        foreach (var from in Enum.GetValues<OrderState>().Where(s => s != OrderState.AwaitingPayment))
        {
            Assert.False(OrderTransitions.Allows(from, OrderState.AwaitingPayment));
            Assert.Throws<IllegalTransitionException>(() => OrderTransitions.Require(from, OrderState.AwaitingPayment));
            if (from != OrderState.Expired)
                Assert.Throws<IllegalTransitionException>(() => OrderTransitions.Require(from, OrderState.Expired));
        }
    }
}
