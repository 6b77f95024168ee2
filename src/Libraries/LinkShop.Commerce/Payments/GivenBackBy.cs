namespace LinkShop.Commerce.Payments;

/// <summary>How staff gave a payment's money back themselves.</summary>
public enum GivenBackBy
{
    /// <summary>At the desk of the provider that the payment was made with: the money leaves the provider, which tells of it too.</summary>
    Provider,

    /// <summary>By a transfer from the bank, or in cash: the provider keeps what it has, and never hears of it.</summary>
    Bank,
}
