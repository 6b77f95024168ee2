namespace LinkShop.Commerce.Offers;

/// <summary>How what was bought reaches the buyer. The numbers are stored; never renumber.</summary>
public enum DeliveryKind
{
    /// <summary>Each unit is one card key from a pool, handed out once.</summary>
    CardKey = 1,
    /// <summary>Every buyer gets the same key or keys; stock is never used up.</summary>
    ReusableKey = 2,
    /// <summary>Every buyer gets the same text or link.</summary>
    Text = 3,
    /// <summary>A person delivers: paying opens a task.</summary>
    Manual = 4,
    /// <summary>Bought from its supplier with each order, and delivered there.</summary>
    Supplied = 5,
}
