using LinkShop.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Checkout.Accounts;

/// <summary>
/// Deletes an account for its owner. What capabilities keep goes first and the account last, each step repeatable: who is interrupted has an account still, and does it once more.
/// </summary>
public sealed class AccountDeletion(IEnumerable<IAccountRecords> records, UserManager<IUser> users, ISiteService sites, IStringLocalizer<AccountDeletion> S)
{
    /// <summary>Why it can't be deleted yet; empty when it can.</summary>
    /// <param name="user">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(User user, CancellationToken cancellationToken)
    {
        var open = new List<OpenMatter>();
        // who did what at the desk is told by accounts that are there
        if (user.RoleNames.Count > 0 || user.UserId == (await sites.GetSiteSettingsAsync()).SuperUser)
            open.Add(new(S["You work here: this account has rights in the admin. Have an administrator take them away first."]));
        foreach (var record in records)
            open.AddRange(await record.OpenAsync(user.UserId, cancellationToken));
        return open;
    }

    /// <summary>Deletes it. Orders and books stay, by an id that is nobody's name.</summary>
    /// <param name="user">The account. The caller has asked for the password, and whether anything is open.</param>
    /// <returns>False when somebody refused it, who then said why.</returns>
    public async Task<bool> DeleteAsync(User user)
    {
        // not given up halfway because a browser was closed
        foreach (var record in records)
            await record.ForgetAsync(user.UserId, CancellationToken.None);
        return (await users.DeleteAsync(user)).Succeeded;
    }
}
