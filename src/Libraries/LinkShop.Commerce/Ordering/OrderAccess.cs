namespace LinkShop.Commerce.Ordering;

/// <summary>By which right somebody opens an order. A wrong one and an order that doesn't exist are told apart by nobody.</summary>
public sealed record OrderAccess
{
    private OrderAccess() { }

    /// <summary>The order's access token, if that is the right.</summary>
    public string? Token { get; private init; }

    /// <summary>The lookup password, if that is the right.</summary>
    public string? Password { get; private init; }

    /// <summary>The signed-in buyer's id, if that is the right.</summary>
    public string? UserId { get; private init; }

    /// <summary>The one who asks, for the limit on wrong passwords; may be null.</summary>
    public string? ClientAddress { get; private init; }

    /// <summary>Whether nobody looks at it yet: it isn't written to the delivery log.</summary>
    public bool Unseen { get; private init; }

    /// <summary>The same right, used without looking at what was delivered: it isn't written to the delivery log.</summary>
    public OrderAccess Unnoticed() => this with { Unseen = true };

    /// <summary>By the access token, to write a mail: what the shop reads by itself is no view by the buyer.</summary>
    /// <param name="token">The token.</param>
    public static OrderAccess ForMail(string token) => new() { Token = token, Unseen = true };

    /// <summary>By the access token given on creation.</summary>
    /// <param name="token">The token.</param>
    public static OrderAccess ByToken(string token) => new() { Token = token };

    /// <summary>By the lookup password. Wrong ones are counted per order and network address.</summary>
    /// <param name="password">The password as typed.</param>
    /// <param name="clientAddress">Network address of the one who asks.</param>
    public static OrderAccess ByPassword(string password, string? clientAddress) => new() { Password = password, ClientAddress = clientAddress };

    /// <summary>By being the buyer. The caller has authenticated the user.</summary>
    /// <param name="userId">Id of the signed-in user.</param>
    public static OrderAccess ByUser(string userId) => new() { UserId = userId };
}
