using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Checkout.Services;

/// <summary>Where mails to somebody with an account go.</summary>
internal sealed class AccountMail(IUserService users)
{
    // accounts that a recipe made have an address that nobody has (RFC 2606)
    private const string Nobody = ".invalid";

    /// <summary>The address; null when there is no such account, or nobody reads its mail.</summary>
    /// <param name="userId">Id of the account.</param>
    public async Task<string?> ToAsync(string userId) =>
        await users.GetUserByUniqueIdAsync(userId) is User { Email: { Length: > 0 } to } && !to.EndsWith(Nobody, StringComparison.OrdinalIgnoreCase) ? to : null;
}
