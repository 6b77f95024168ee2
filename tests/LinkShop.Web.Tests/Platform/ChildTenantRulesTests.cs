using LinkShop.Platform.Recipes;
using Microsoft.Extensions.Localization;

namespace LinkShop.Web.Tests.Platform;

public sealed class ChildTenantRulesTests
{
    private static readonly HashSet<string> Recipes = ["GameCards"];

    [Fact]
    public void A_complete_tenant_has_no_mistakes() => Assert.Empty(Check(Tenant()));

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_place()
    {
        var errors = Check(Tenant(), Tenant(t => t.Name = "1 bad"), Tenant(t => t.RecipeName = "Nothing"), new ChildTenant { Name = "x", RecipeName = "GameCards" });

        Assert.Contains(errors, e => e.StartsWith("Tenants[1].Name", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Tenants[1]: another tenant", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Tenants[2].RecipeName", StringComparison.Ordinal) && e.Contains("Nothing", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Tenants[2].Name: 'cards' is in the list twice", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Tenants[3]: give RequestUrlPrefix", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("Tenants[3].SiteName", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("../x")]
    [InlineData("a b")]
    public void A_prefix_is_one_plain_path_segment(string prefix) =>
        Assert.Contains(Check(Tenant(t => t.RequestUrlPrefix = prefix)), e => e.StartsWith("Tenants[0].RequestUrlPrefix", StringComparison.Ordinal));

    private static List<string> Check(params ChildTenant[] tenants) => ChildTenantRules.Check(tenants, Recipes, new English());

    private static ChildTenant Tenant(Action<ChildTenant>? change = null)
    {
        var tenant = new ChildTenant { Name = "cards", RequestUrlPrefix = "cards", RecipeName = "GameCards", SiteName = "Cards" };
        change?.Invoke(tenant);
        return tenant;
    }

    private sealed class English : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
