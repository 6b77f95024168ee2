using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class DomainRegisterTests
{
    private const string Name = "shop.example.com";
    private static readonly TenantScope Platform = new("Default");
    private static readonly DomainProof Found = new(DomainProofMethod.Dns);
    private static readonly DomainProof Nothing = new(null, DomainProof.Missing);
    private static readonly DomainProof Silence = new(null, DomainProof.NoAnswer, Answered: false);

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_many_shops_that_prove_one_domain_at_once_exactly_one_has_it(CommerceDialect dialect)
    {
        await using var one = await TestCommerce.StartAsync(dialect);
        await using var two = one.SecondProcess();
        string[] slugs = ["anns-cards", "bobs-games", "cats-toys", "dogs-films", "eves-music", "fays-books"];
        var wanted = new List<ShopDomain>();
        foreach (var slug in slugs)
            wanted.Add(await WantAsync(one, slug));
        Assert.Equal(slugs.Length, wanted.Select(w => w.Token).Distinct().Count());

        var results = await Task.WhenAll(wanted.Concat(wanted).Select((w, i) => (i % 2 == 0 ? one : two).Get<IShopDomains>().RecordAsync(Platform, w, Found)));
        var winner = Assert.Single(results.Where(r => r.Value.State == ShopDomainState.Proven).Select(r => r.Value.Shop).Distinct());
        Assert.Equal(1, await one.CountAsync("shop_domain", "state = 'Proven'"));
        Assert.All(results.Where(r => r.Value.Shop != winner), r => Assert.Equal((ShopDomainState.Waiting, DomainProof.Taken), (r.Value.State, r.Value.Why)));
        Assert.Equal(1, await one.CountAsync("outbox", "type = 'ShopChanged'"));
        // and the database would not take a second one
        await Assert.ThrowsAnyAsync<Exception>(() => one.Database.WriteAsync(Platform, c => c.ExecuteAsync("update shop_domain set state = 'Proven', method = 'Dns' where tenant = @tenant")));

        // once the first gives it up, the next proof has it
        Assert.True(await one.Get<IShopDomains>().RemoveAsync(Platform, winner, Name, "ann"));
        var next = wanted.First(w => w.Shop != winner);
        Assert.Equal(ShopDomainState.Proven, (await two.Get<IShopDomains>().RecordAsync(Platform, next, Found)).Value.State);
        // a proof for what was given up meanwhile proves nothing
        Assert.Equal(CommerceErrors.NotFound, (await one.Get<IShopDomains>().RecordAsync(Platform, wanted.First(w => w.Shop == winner), Found)).Error!.Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_proof_that_is_gone_is_told_and_after_seven_days_the_domain_is_lost_and_can_be_had_again(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var domains = commerce.Get<IShopDomains>();
        var domain = (await domains.RecordAsync(Platform, await WantAsync(commerce, "anns-cards"), Found)).Value;
        Assert.DoesNotContain(await domains.DueAsync(Platform, 10), d => d.Shop == domain.Shop);
        commerce.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.Contains(await domains.DueAsync(Platform, 10), d => d.Shop == domain.Shop);

        // silence takes nothing away, however long
        for (var day = 0; day < 9; day++, commerce.Clock.Advance(TimeSpan.FromDays(1)))
            domain = (await domains.RecordAsync(Platform, domain, Silence)).Value;
        Assert.Equal((ShopDomainState.Proven, null), (domain.State, domain.GoneSince));

        domain = (await domains.RecordAsync(Platform, domain, Nothing)).Value;
        Assert.Equal((ShopDomainState.Proven, null), (domain.State, domain.WarnedAt));
        commerce.Clock.Advance(TimeSpan.FromDays(1));
        await domains.RecordAsync(Platform, domain, Nothing);
        await domains.RecordAsync(Platform, domain, Nothing);
        Assert.Equal(1, await commerce.CountAsync("outbox", "type = 'ShopDomainTrouble' and payload like '%lost%false%'"));
        // back again: all is well, and the seven days begin anew
        domain = (await domains.RecordAsync(Platform, domain, Found)).Value;
        Assert.Equal((null, null), (domain.GoneSince, domain.WarnedAt));
        await domains.RecordAsync(Platform, domain, Nothing);
        commerce.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(ShopDomainState.Proven, (await domains.RecordAsync(Platform, domain, Nothing)).Value.State);
        var rival = await WantAsync(commerce, "bobs-games");
        Assert.Equal((ShopDomainState.Waiting, DomainProof.Taken), await StateAsync(domains.RecordAsync(Platform, rival, Found)));
        commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        domain = (await domains.RecordAsync(Platform, domain, Nothing)).Value;
        Assert.Equal((ShopDomainState.Lost, null), (domain.State, domain.NextCheck));
        Assert.Equal(1, await commerce.CountAsync("outbox", "type = 'ShopDomainTrouble' and payload like '%lost%true%'"));
        Assert.Equal(2, await commerce.CountAsync("outbox", "type = 'ShopChanged'"));

        Assert.Equal(ShopDomainState.Proven, (await domains.RecordAsync(Platform, rival, Found)).Value.State);
        Assert.Equal((ShopDomainState.Lost, DomainProof.Taken), await StateAsync(domains.RecordAsync(Platform, domain, Found)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_wish_is_looked_at_more_and_more_rarely_and_forgotten_after_two_weeks(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var domains = commerce.Get<IShopDomains>();
        var domain = await WantAsync(commerce, "anns-cards");
        Assert.Equal(domain, await WantAgainAsync());
        var waits = new List<TimeSpan>();
        for (var looks = 0; looks < 1000; looks++)
        {
            if (Assert.Single(await domains.DueAsync(Platform, 10)).NextCheck is not { } due)
                break;
            var found = await domains.RecordAsync(Platform, domain, looks % 3 == 0 ? Silence : Nothing);
            if (!found.Succeeded)
                break;
            waits.Add(found.Value.NextCheck!.Value - found.Value.CheckedAt!.Value);
            commerce.Clock.Advance(waits[^1] + TimeSpan.FromSeconds(1));
        }

        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)), (waits[0], waits[^1]));
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits.Count, 340, 390);
        Assert.Empty(await domains.OfAsync(Platform, domain.Shop));
        Assert.Equal(["domain_forgotten", "domain_added"], (await commerce.Get<IShops>().LogAsync(Platform, domain.Shop)).Take(2).Select(e => e.What));

        async Task<ShopDomain> WantAgainAsync() => (await domains.AddAsync(Platform, domain.Shop, Name, "ann")).Value;
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_has_five_domains_and_none_once_it_is_closed(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var domains = commerce.Get<IShopDomains>();
        var shop = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-cards")).Shop;
        var added = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => domains.AddAsync(Platform, shop, $"d{i}.example.com", "ann")));
        Assert.Equal((5, 7), (added.Count(a => a.Succeeded), added.Count(a => a.Error?.Code == ShopErrors.TooManyDomains)));
        // a plan that has room for fewer
        var other = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "bobs-cards")).Shop;
        added = [.. added, .. await Task.WhenAll(Enumerable.Range(0, 4).Select(i => domains.AddAsync(Platform, other, $"e{i}.example.com", "bob", most: 1)))];
        Assert.Equal((6, 10, 6), (added.Count(a => a.Succeeded), added.Count(a => a.Error?.Code == ShopErrors.TooManyDomains), await commerce.CountAsync("shop_domain")));
        await commerce.Get<IShops>().MoveAsync(Platform, other, ShopState.Closed, "The end", "boss");
        // the platform's word needs no proof and isn't looked at again
        var granted = (await domains.RecordAsync(Platform, added.First(a => a.Succeeded).Value, new DomainProof(DomainProofMethod.Platform), "boss")).Value;
        Assert.Equal((ShopDomainState.Proven, null), (granted.State, granted.NextCheck));
        Assert.Equal((ShopDomainState.Proven, null), await StateAsync(domains.RecordAsync(Platform, granted, Nothing)));

        await commerce.Get<IShops>().MoveAsync(Platform, shop, ShopState.Closed, "The end", "boss");
        Assert.Equal(0, await commerce.CountAsync("shop_domain"));
        Assert.Equal(CommerceErrors.IllegalTransition, (await domains.AddAsync(Platform, shop, Name, "ann")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await domains.AddAsync(Platform, "Shop99", Name, "ann")).Error!.Code);
        Assert.Equal(0, await commerce.CountAsync("shop_domain"));
    }

    private static async Task<ShopDomain> WantAsync(TestCommerce commerce, string slug) =>
        (await commerce.Get<IShopDomains>().AddAsync(Platform, (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), slug)).Shop, Name, "owner")).Value;

    private static async Task<(ShopDomainState, string?)> StateAsync(Task<CommerceResult<ShopDomain>> task)
    {
        var domain = (await task).Value;
        return (domain.State, domain.Why);
    }
}
