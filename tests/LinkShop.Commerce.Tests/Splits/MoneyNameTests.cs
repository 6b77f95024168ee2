using System.Reflection;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Tests.Splits;

public sealed class MoneyNameTests
{
    [Fact]
    public void Every_reason_has_a_name_of_its_own()
    {
        var reasons = typeof(MoneyReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Where(r => r != MoneyReasons.Reversed).ToList();
        Assert.NotEmpty(reasons);
        Assert.DoesNotContain(reasons, r => MoneyNames.Reason(r) == r);
        // what isn't a share going back in proportion isn't called that
        Assert.All([MoneyReasons.RefundExcess, MoneyReasons.WrittenOff, MoneyReasons.Arrival], r => Assert.NotEqual(MoneyNames.Reason(MoneyReasons.Sale + MoneyReasons.Reversed), MoneyNames.Reason(r + MoneyReasons.Reversed)));
    }
}
