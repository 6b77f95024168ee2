using System.Text.Json.Serialization;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Checkout.Models;

/// <summary>A tenant's checkout settings, kept in its site settings. Null: the platform's value.</summary>
public sealed class CheckoutSettings
{
    private OrderPolicy? _policy;

    /// <summary>How long stock is kept for an unpaid order, in minutes.</summary>
    public int? ReserveMinutes { get; set; }

    /// <summary>Most unpaid orders of one contact at a time.</summary>
    public int? MaxUnpaidPerContact { get; set; }

    /// <summary>Most unpaid orders of one network address at a time.</summary>
    public int? MaxUnpaidPerAddress { get; set; }

    /// <summary>Whether delivery mails contain what was bought, or only the link to it.</summary>
    public bool MailGoods { get; set; }

    /// <summary>Who of the shop is told of work to do: an e-mail address, or several separated by commas. Null: nobody, or in a shop its owner.</summary>
    public string? ShopMail { get; set; }

    /// <summary>Points that signed-in buyers get for an order once its earnings are released, in percent of what stays paid. Null or 0: none.</summary>
    public decimal? PointsPercent { get; set; }

    /// <summary>The same for ordering, made once; null when nothing is set.</summary>
    [JsonIgnore]
    internal OrderPolicy? Policy => ReserveMinutes is null && MaxUnpaidPerContact is null && MaxUnpaidPerAddress is null && (PointsPercent ?? 0) == 0
        ? null
        : _policy ??= new OrderPolicy
        {
            ReserveMinutes = ReserveMinutes,
            MaxUnpaidPerContact = MaxUnpaidPerContact,
            MaxUnpaidPerAddress = MaxUnpaidPerAddress,
            PointsBasisPoints = (int)((PointsPercent ?? 0) * 100),
        };
}
