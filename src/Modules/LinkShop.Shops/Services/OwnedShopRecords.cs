using System.Runtime.CompilerServices;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Shops.Services;

/// <summary>The shops of an account of the platform. It stays as long as it has some that aren't closed; of closed ones the register forgets whose they were but for the account's id.</summary>
internal sealed class OwnedShopRecords(IShops shops, IStringLocalizer<OwnedShopRecords> S) : IAccountRecords
{
    private const int Most = 200;

    public IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken) => [new("shops", ShopsAsync(userId, cancellationToken))];

    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken) =>
        [.. (await OwnedAsync(userId, cancellationToken)).Where(s => s.State != ShopState.Closed)
            .Select(s => new OpenMatter(S["The shop {0} is yours: have the platform close it or give it to somebody else first.", s.Title], "~/my-shops", S["To my shops"]))];

    public Task ForgetAsync(string userId, CancellationToken cancellationToken) => shops.FollowOwnerAsync(PlatformTenant.Scope, new ShopOwner(userId, userId, null), cancellationToken);

    private async IAsyncEnumerable<object> ShopsAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shop in await OwnedAsync(userId, cancellationToken))
            yield return new ShopEntry(shop.Title, shop.Slug, shop.State);
    }

    // how many somebody may have is limited
    private async Task<IReadOnlyList<ShopInfo>> OwnedAsync(string userId, CancellationToken cancellationToken) =>
        (await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(OwnerUser: userId, Take: Most), cancellationToken)).Shops;

    private sealed record ShopEntry(string Title, string Address, ShopState State);
}
