using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Support;

namespace LinkShop.Commerce.Outbox;

/// <summary>What messages are about, in English; screens translate it.</summary>
public static class MessageNames
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        [OrderEvents.Paid] = "An order was paid",
        [OrderEvents.Fulfilled] = "An order was delivered",
        [OrderEvents.TaskOpened] = "A paid order waits for a person",
        [OrderEvents.Expired] = "An order wasn't paid in time",
        [OrderEvents.Cancelled] = "An order was called off",
        [OrderEvents.RefundDue] = "A buyer is told that money goes back",
        [OrderEvents.RefundWanted] = "A payment provider is asked to give money back",
        [OrderEvents.Refunded] = "Money went back to a buyer",
        [OrderEvents.GivenBackTwice] = "More money went back than was paid",
        [OrderEvents.Disputed] = "A payment is disputed",
        [OrderEvents.PaymentRefused] = "What a payment provider told was refused",
        [KeyPoolLow.EventType] = "A key pool runs low",
        [ReplacementEvents.Replaced] = "A key was replaced",
        [ReplacementEvents.Corrected] = "A delivery was corrected",
        [RefundEvents.Requested] = "A buyer asks for money back",
        [RefundEvents.Escalated] = "A buyer's wish for money back is the platform's to decide",
        [RefundEvents.Answered] = "A buyer who wants money back was answered",
        [ResaleEvents.Changed] = "Terms of goods that are sold on changed",
        [ResaleEvents.Recalled] = "A supplier recalled keys",
        [TicketEvents.Asked] = "A buyer wrote to the shop",
        [TicketEvents.Answered] = "The shop wrote to a buyer",
        [PayoutEvents.Requested] = "A payout was asked for",
        [PayoutEvents.Paid] = "A payout was paid",
        [PayoutEvents.Failed] = "A payout didn't arrive",
        [PayoutEvents.Rejected] = "A payout was refused",
        [PayoutEvents.PayeeVerified] = "A payee was verified",
        [ReferralEvents.Joined] = "Somebody became a promoter",
        [ReferralEvents.StateChanged] = "What a promoter may do changed",
        [ReferralEvents.BudgetSpent] = "The budget of a plan is spent",
        [ReferralEvents.CaseOpened] = "A promoter's sales are looked into",
        [ReferralEvents.CaseAppealed] = "A promoter appeals",
        [ReferralEvents.CaseDecided] = "A case of a promoter was decided",
        [PlanEvents.Ending] = "A shop's plan ends soon",
        [PlanEvents.Unplaced] = "A plan was paid for a shop that doesn't exist",
        [ShopEvents.Changed] = "What the platform knows of a shop changed",
        [ShopEvents.Look] = "The platform gave a shop another look",
        [ShopEvents.News] = "A shop's owner is told what the platform did",
        [ShopEvents.DomainTrouble] = "The proof of a shop's domain is gone",
    };

    /// <summary>All names, for whoever checks that they are translated.</summary>
    public static IEnumerable<string> All => s_names.Values;

    /// <summary>What a message is about; a type that isn't known here stands for itself.</summary>
    /// <param name="type">The message's.</param>
    public static string Of(string type) => s_names.GetValueOrDefault(type, type);
}
