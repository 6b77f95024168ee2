using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Payments;

/// <summary>Names refunds, so that a gateway that is asked twice gives back once.</summary>
public static class RefundIds
{
    /// <summary>
    /// The same for every attempt to give back what is due now, another once it was given back and more is due: it is made of the payment,
    /// what went back before, and the amount.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="payment">The payment as it is now.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(string orderId, PaymentView payment) =>
        HashOf(orderId, payment.Provider, payment.PaymentId, payment.Refunded.Minor, payment.RefundDue.Minor, payment.RefundDue.Currency);

    /// <summary>The same for every repetition of one question to the provider.</summary>
    internal static string Of(string orderId, PaymentFacts payment) =>
        HashOf(orderId, payment.Provider, payment.PaymentId, "ask", payment.RefundAsks);

    private static string HashOf(params object[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}
