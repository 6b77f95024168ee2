namespace LinkShop.Checkout.ViewModels;

/// <summary>What the checkout form posts.</summary>
public sealed class CheckoutForm
{
    public string? Sku { get; set; }

    public int Quantity { get; set; } = 1;

    public string? Coupon { get; set; }

    /// <summary>Code of who recommended it, or the whole phrase with it.</summary>
    public string? Referral { get; set; }

    public long? Pick { get; set; }

    /// <summary>Only numbers with this text are offered for picking.</summary>
    public string? PickSearch { get; set; }

    /// <summary>Which page of them, from 1.</summary>
    public int PickPage { get; set; } = 1;

    public string? Contact { get; set; }

    public string? LookupPassword { get; set; }

    public string? Provider { get; set; }

    /// <summary>Made when the form was shown: pressing the button twice makes one order.</summary>
    public string? Key { get; set; }

    public long? ExpectedTotal { get; set; }

    public Dictionary<string, string?> Fields { get; set; } = [];
}
