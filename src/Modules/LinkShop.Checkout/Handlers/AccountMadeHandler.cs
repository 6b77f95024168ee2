using LinkShop.Checkout.Models;
using OrchardCore.Entities;
using OrchardCore.Modules;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Checkout.Handlers;

/// <summary>Keeps when an account was made: its owner may ask.</summary>
internal sealed class AccountMadeHandler(IClock clock) : UserEventHandlerBase
{
    public override Task CreatingAsync(UserCreateContext context)
    {
        (context.User as User)?.Put(new AccountMade { Utc = clock.UtcNow });
        return Task.CompletedTask;
    }
}
