using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

public sealed class RunningShellTableTests
{
    private readonly RunningShellTable _table = new();

    public RunningShellTableTests()
    {
        Add("Default", null, null);
        Add("Games", null, "games");
        Add("Brand", "shop.example,www.shop.example:8443", null);
        Add("BrandCards", "shop.example", "cards");
        Add("Wild", "*.cards.example", null);
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
}
