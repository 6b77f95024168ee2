using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Coupons;

/// <summary>Counts uses of coupons inside the order's own transaction.</summary>
internal static class CouponUses
{
    // this update locks the coupon's row, so the count by buyer after it is exact however many orders come at once
    private const string Count = """
        update coupons set used = used + 1 where tenant = @tenant and code = @code and enabled and (max_uses is null or used < max_uses)
        """;

    private const string Insert = """
        insert into coupon_uses (tenant, code, order_id, buyer) values (@tenant, @code, @orderId, @buyer) on conflict do nothing
        """;

    private const string CountByBuyer = "select count(*) from coupon_uses where tenant = @tenant and code = @code and buyer = @buyer";

    private const string Delete = "delete from coupon_uses where tenant = @tenant and code = @code and order_id = @orderId";

    private const string Uncount = "update coupons set used = used - 1 where tenant = @tenant and code = @code";

    private const string Exists = "select count(*) from coupon_uses where tenant = @tenant and code = @code and order_id = @orderId";

    /// <summary>Takes one use for an order whose row doesn't exist yet; <see cref="Record"/> follows after it does. Null when done, else why not.</summary>
    public static async Task<CommerceError?> TakeAsync(ICommerceConnection connection, Coupon coupon, byte[] buyer)
    {
        if (await connection.ExecuteAsync(Count, new { code = coupon.Code }).ConfigureAwait(false) == 0)
            return new CommerceError(CommerceErrors.CouponUsedUp, "This coupon has been used up.", "couponCode");
        if (coupon.MaxUsesPerBuyer is not { } most)
            return null;
        var used = await connection.QuerySingleOrDefaultAsync<int>(CountByBuyer, new { code = coupon.Code, buyer }).ConfigureAwait(false);
        if (used < most)
            return null;
        // not every caller's transaction ends with the refusal
        connection.Defer(Uncount, new { code = coupon.Code });
        return new CommerceError(CommerceErrors.CouponBuyerLimit, "You have used this coupon as often as you may.", "couponCode");
    }

    /// <summary>Stores a taken use.</summary>
    public static void Record(ICommerceConnection connection, string code, string orderId, byte[] buyer) =>
        connection.Defer(Insert, new { code, orderId, buyer });

    /// <summary>Takes the use of a late-paid order again unless it still has it; false when the coupon is used up by now.</summary>
    public static async Task<bool> TakeAgainAsync(ICommerceConnection connection, string code, string orderId, byte[] buyer)
    {
        if (await connection.QuerySingleOrDefaultAsync<int>(Exists, new { code, orderId }).ConfigureAwait(false) > 0)
            return true;
        if (await CouponStore.FindAsync(connection, code).ConfigureAwait(false) is not { } coupon || await TakeAsync(connection, coupon, buyer).ConfigureAwait(false) is not null)
            return false;
        Record(connection, code, orderId, buyer);
        return true;
    }

    /// <summary>Gives an order's use back; a second time changes nothing, because the use's row is gone.</summary>
    public static async Task GiveBackAsync(ICommerceConnection connection, string code, string orderId)
    {
        if (await connection.ExecuteAsync(Delete, new { code, orderId }).ConfigureAwait(false) > 0)
            connection.Defer(Uncount, new { code });
    }
}
