using LinkShop.Commerce.Customers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Support;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Support.ViewModels;

/// <summary>The part of an order's page about its messages.</summary>
public class OrderHelpViewModel
{
    public string OrderId { get; set; } = "";

    public IReadOnlyList<TicketSummary> Tickets { get; set; } = [];
}

/// <summary>What is posted with a message.</summary>
public class MessageForm
{
    /// <summary>Made with the form, so that sending it twice is one message.</summary>
    public string? Once { get; set; }

    public string? Text { get; set; }

    public List<IFormFile>? Pictures { get; set; }
}

/// <summary>What is posted to open a ticket.</summary>
public sealed class TicketForm : MessageForm
{
    /// <summary>The order it is about; empty for a general one.</summary>
    public string? Order { get; set; }

    public TicketCategory Category { get; set; } = TicketCategory.Question;

    public string? Contact { get; set; }

    public string? LookupPassword { get; set; }
}

/// <summary>The page on which a buyer begins.</summary>
public sealed record NewTicketViewModel(TicketForm Form, string? OrderNumber, bool SignedIn, IReadOnlyList<TicketSummary> Mine);

/// <summary>A conversation as its buyer sees it.</summary>
public sealed record ConversationViewModel(TicketView Ticket, MessageForm Form);

/// <summary>A conversation as one of its sides sees it.</summary>
public sealed record MessagesViewModel(IReadOnlyList<TicketMessage> Messages, Func<int, int, string?> PictureUrl, string? TimeZoneId, bool ForStaff);

/// <summary>The form that finds tickets again.</summary>
public sealed class FindForm
{
    public string? Contact { get; set; }

    public string? Password { get; set; }
}

/// <summary>What staff's list is filtered by.</summary>
public sealed class TicketFilter
{
    public string? Q { get; set; }

    public TicketState? State { get; set; }

    public bool Mine { get; set; }

    public string? After { get; set; }
}

/// <summary>Staff's list.</summary>
public sealed record TicketListViewModel(TicketFilter Filter, TicketPage Page, long Waiting);

/// <summary>A conversation as staff see it, with the order's facts.</summary>
public sealed record DeskViewModel(TicketView Ticket, OrderDetail? Order, IReadOnlyList<QuickReply> Replies, MessageForm Form);

/// <summary>The shop's quick replies and the one that is being written.</summary>
public sealed record QuickRepliesViewModel(IReadOnlyList<QuickReply> Replies, QuickReply Form);

/// <summary>Customers.</summary>
public sealed record CustomersViewModel(string? Q, CustomerPage Page, IReadOnlyDictionary<string, string> Names);

/// <summary>One customer; their messages are for staff who answer.</summary>
public sealed record CustomerViewModel(string Id, CustomerDetail Detail, bool MayRead, string Name);
