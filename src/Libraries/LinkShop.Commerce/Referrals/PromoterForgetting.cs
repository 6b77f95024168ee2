using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>What goes with an account of what referrals know of a person.</summary>
internal static class PromoterForgetting
{
    /// <summary>What stands where the name was: lists of staff have rows of people who are gone.</summary>
    public const string NoName = "—";

    // a code is the promoter's own choice, and often their name
    private static readonly string[] s_all =
    [
        "update referral_promoter set name = @noName, listed = @no, culture = '' where tenant = @tenant and id = @id",
        "update referral_link set active = @no, code = null, code_key = null where tenant = @tenant and promoter = @id",
        "delete from referral_identity where tenant = @tenant and promoter = @id",
        "delete from referral_touch where tenant = @tenant and user_id = @id",
        "update referral_click set user_id = null where tenant = @tenant and user_id = @id",
    ];

    public static Task RunAsync(ICommerceConnection connection, string id) => connection.ExecuteBatchAsync([.. s_all.Select(sql => (sql, (object?)new { id, noName = NoName, no = false }))]);
}
