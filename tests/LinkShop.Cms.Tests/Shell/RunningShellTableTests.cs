using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

public sealed class RunningShellTableTests
{
    private readonly RunningShellTable _table = new(new ConfigurationBuilder().AddInMemoryCollection([new("LinkShop:PlatformDomain", "malls.example")]).Build());

    public RunningShellTableTests()
    {
        Add("Default", null, null);
        Add("Games", null, "games");
        Add("Brand", "shop.example,www.shop.example:8443", null);
        Add("BrandCards", "shop.example", "cards");
        Add("Wild", "*.cards.example", null);
        _table.Add(new ShellSettings { Name = "Tea", RequestUrlPrefix = "tea", ["Domains"] = "tea.example, www.tea.example" });
        Add("Named", "named.malls.example", null);
    }

    [Theory]
    [InlineData("any.example", "/", "Default")]
    [InlineData("any.example", "/games", "Games")]
    [InlineData("any.example", "/GAMES/x", "Games")]
    [InlineData("any.example", "/games2", "Default")]
    [InlineData("any.example", "/gamesx/games", "Default")]
    [InlineData("any.example", "//games", "Default")]
    [InlineData("shop.example", "/", "Brand")]
    [InlineData("SHOP.example:5000", "/", "Brand")]
    [InlineData("www.shop.example:8443", "/", "Brand")]
    [InlineData("www.shop.example", "/", "Default")]
    [InlineData("shop.example", "/cards/1", "BrandCards")]
    [InlineData("shop.example", "/games", "Brand")]
    [InlineData("a.cards.example", "/x", "Wild")]
    [InlineData("a.b.cards.example", "/x", "Default")]
    [InlineData("evilshop.example", "/", "Default")]
    [InlineData("shop.example.evil", "/", "Default")]
    [InlineData("", "/games", "Games")]
    [InlineData("[::1]:5000", "/games", "Games")]
    [InlineData("tea.malls.example", "/", "Tea")]
    [InlineData("TEA.malls.example:5000", "/c/all", "Tea")]
    [InlineData("named.malls.example", "/", "Named")]
    [InlineData("nobody.malls.example", "/", "Default")]
    [InlineData("a.tea.malls.example", "/", "Default")]
    [InlineData("teamalls.example", "/", "Default")]
    [InlineData("tea.malls.example.evil", "/", "Default")]
    [InlineData(".malls.example", "/", "Default")]
    [InlineData("malls.example", "/tea", "Tea")]
    [InlineData("tea.example", "/", "Tea")]
    [InlineData("www.tea.example:8443", "/x", "Tea")]
    [InlineData("xn--tea.example", "/", "Default")]
    public void The_most_exact_address_wins_and_lookalikes_do_not(string host, string path, string tenant)
        => Assert.Equal(tenant, _table.Match(new HostString(host), new PathString(path))?.Name);

    [Fact]
    public void A_later_tenant_cannot_take_an_address_over_but_inherits_it()
    {
        Add("Thief", null, "games");
        Assert.Equal("Games", Match("/games"));
        _table.Remove(new ShellSettings { Name = "Games" });
        Assert.Equal("Thief", Match("/games"));
    }

    [Fact]
    public void A_moved_tenant_answers_only_at_its_new_address()
    {
        Add("Games", null, "play");
        Assert.Equal("Default", Match("/games"));
        Assert.Equal("Games", Match("/play"));
    }

    [Fact]
    public void Without_a_fitting_default_tenant_nothing_matches()
    {
        Add("Default", "main.example", null);
        Assert.Null(Match("/other"));
    }

    private string? Match(string path) => _table.Match(new HostString("any.example"), new PathString(path))?.Name;

    private void Add(string name, string? host, string? prefix)
        => _table.Add(new ShellSettings { Name = name, RequestUrlHost = host, RequestUrlPrefix = prefix });

    [Theory]
    [InlineData("tea.example", true)]
    [InlineData("tea.malls.example:5000", true)]
    [InlineData("malls.example", false)]
    [InlineData("any.example", false)]
    public void A_shop_needs_its_prefix_everywhere_but_at_its_own_domain_and_subdomain(string host, bool atRoot)
        => Assert.Equal(atRoot, _table.IsAtRoot(new HostString(host), _table.Match(new HostString("any.example"), "/tea")!));

    [Fact]
    public void A_domain_that_another_shop_has_is_a_clash_and_stays_with_its_first_owner()
    {
        var thief = new ShellSettings { Name = "Thief", RequestUrlPrefix = "thief", ["Domains"] = "www.tea.example" };
        Assert.Equal("Tea", _table.FindClash(thief)?.Holder.Name);
        _table.Add(thief);
        Assert.Equal("Tea", _table.Match(new HostString("www.tea.example"), "/")?.Name);
        Assert.Null(_table.FindClash(new ShellSettings { Name = "Tea", RequestUrlPrefix = "tea", ["Domains"] = "tea.example" }));
    }
}
