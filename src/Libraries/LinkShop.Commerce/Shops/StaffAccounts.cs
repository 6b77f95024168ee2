using System.Security.Cryptography;
using System.Text;

namespace LinkShop.Commerce.Shops;

/// <summary>
/// The accounts that one person has in a shop: the one they have on the platform, which is the owner's and a customer's there too, and the one under which they work in it as one of the platform's
/// people. What takes another person is compared by person.
/// </summary>
public static class StaffAccounts
{
    /// <summary>How the ids begin; no account that people make has a dot in its id.</summary>
    public const string Prefix = "platform.";

    // with the prefix it is as long as the ids that Orchard makes
    private const int Hash = 17;

    /// <summary>Id of the account under which somebody works in shops.</summary>
    /// <param name="userId">Their account on the platform.</param>
    public static string IdOf(string userId) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)))[..Hash];

    /// <summary>Whether two accounts are the same person's.</summary>
    /// <param name="one">An account's id; null for nobody.</param>
    /// <param name="other">Another's, or the same.</param>
    public static bool SamePerson(string? one, string? other) => one is not null && other is not null && (one == other || IsStaffOf(one, other) || IsStaffOf(other, one));

    private static bool IsStaffOf(string staff, string user) => staff.StartsWith(Prefix, StringComparison.Ordinal) && staff == IdOf(user);
}
