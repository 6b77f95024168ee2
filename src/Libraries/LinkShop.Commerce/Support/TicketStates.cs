using System.Collections.Frozen;

namespace LinkShop.Commerce.Support;

/// <summary>What a ticket is about.</summary>
public enum TicketCategory
{
    /// <summary>A key doesn't work.</summary>
    KeyInvalid,
    /// <summary>It didn't come.</summary>
    NotDelivered,
    /// <summary>Money back.</summary>
    Refund,
    /// <summary>Anything else.</summary>
    Question,
}

/// <summary>Whose turn it is.</summary>
public enum TicketState
{
    /// <summary>The buyer waits for the shop.</summary>
    Open,
    /// <summary>The shop has answered.</summary>
    Answered,
    /// <summary>Done, until somebody writes again.</summary>
    Closed,
}

/// <summary>Who wrote a message.</summary>
public enum TicketAuthor
{
    /// <summary>The buyer.</summary>
    Buyer,
    /// <summary>Somebody of the shop.</summary>
    Staff,
}

/// <summary>What can happen to a ticket.</summary>
public enum TicketStep
{
    /// <summary>The buyer writes.</summary>
    BuyerWrites,
    /// <summary>The shop writes.</summary>
    StaffWrites,
    /// <summary>The shop closes it.</summary>
    Close,
}

/// <summary>The moves a ticket can make: the whole state machine.</summary>
public static class TicketTransitions
{
    private static readonly FrozenDictionary<(TicketState, TicketStep), TicketState> Table = new Dictionary<(TicketState, TicketStep), TicketState>
    {
        [(TicketState.Open, TicketStep.BuyerWrites)] = TicketState.Open,
        [(TicketState.Open, TicketStep.StaffWrites)] = TicketState.Answered,
        [(TicketState.Open, TicketStep.Close)] = TicketState.Closed,
        [(TicketState.Answered, TicketStep.BuyerWrites)] = TicketState.Open,
        [(TicketState.Answered, TicketStep.StaffWrites)] = TicketState.Answered,
        [(TicketState.Answered, TicketStep.Close)] = TicketState.Closed,
        // a new message opens it again
        [(TicketState.Closed, TicketStep.BuyerWrites)] = TicketState.Open,
        [(TicketState.Closed, TicketStep.StaffWrites)] = TicketState.Answered,
    }.ToFrozenDictionary();

    /// <summary>The state after a step, or null when the step isn't allowed.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="step">What happens.</param>
    public static TicketState? After(TicketState state, TicketStep step) => Table.TryGetValue((state, step), out var after) ? after : null;
}
