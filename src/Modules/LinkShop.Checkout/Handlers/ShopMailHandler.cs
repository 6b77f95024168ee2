using System.Globalization;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Support;
using LinkShop.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Email;
using OrchardCore.Localization;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells the shop's own people what waits for them, in the site's language, with a link to the screen where it is done.</summary>
internal sealed class ShopMailHandler(
    IOrderDesk desk, ITicketDesk tickets, IReferralReview reviews, MailDelivery mail, StaffMail staff, ISiteService sites, TenantAddress address, ILocalizationService localization, IOptions<AdminOptions> admin,
    IEnumerable<PlatformApproves> platform, IStringLocalizer<ShopMailHandler> S, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type is OrderEvents.TaskOpened or OrderEvents.Disputed or OrderEvents.GivenBackTwice or OrderEvents.PaymentRefused or RefundEvents.Requested or RefundEvents.Escalated or PayoutEvents.Requested or KeyPoolLow.EventType or ResaleEvents.Changed or ResaleEvents.Recalled or TicketEvents.Asked or ReferralEvents.CaseOpened or ReferralEvents.CaseAppealed;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var site = await sites.GetSiteSettingsAsync();
        if (await staff.ToAsync(cancellationToken) is not { Length: > 0 } to)
        {
            return;
        }

        if (message.Type is ReferralEvents.CaseOpened or ReferralEvents.CaseAppealed && !await IsToldAsync(message, cancellationToken))
        {
            return;
        }

        await mail.SendAsync(await localization.GetDefaultCultureAsync(), async () =>
        {
            var (subject, text, path) = message.Type switch
            {
                KeyPoolLow.EventType => Pool(message.Read<KeyPoolLow>()),
                TicketEvents.Asked => await TicketAsync(message.Read<TicketEvent>(), cancellationToken),
                ResaleEvents.Changed => Changed(message.Read<ResaleNotice>()),
                ResaleEvents.Recalled => Recalled(message.Read<ResaleNotice>()),
                PayoutEvents.Requested => Payout(message.Read<PayoutEvent>()),
                ReferralEvents.CaseOpened or ReferralEvents.CaseAppealed => await CaseAsync(message.Read<ReferralEvent>(), cancellationToken),
                _ => await OrderAsync(message.Type, message.Read<OrderEvent>(), cancellationToken),
            };
            var link = $"{await address.RootAsync()}/{admin.Value.AdminUrlPrefix}/{path}";
            return new MailMessage { To = to, Subject = S["{0}: {1}", site.SiteName, subject], TextBody = $"{text}\n\n{link}\n" };
        });
    }

    private (string Subject, string Text, string Path) Pool(KeyPoolLow low) => (
        S["{0} is running out", low.PoolName],
        S["The key pool “{0}” has {1} keys left; you wanted to know below {2}. Import more here:", low.PoolName, low.Available, low.Threshold],
        string.Create(CultureInfo.InvariantCulture, $"KeyPools/Details/{low.PoolId}"));

    private (string Subject, string Text, string Path) Changed(ResaleNotice notice) => (
        S["{0} changed the terms of “{1}”", notice.Supplier, notice.Title],
        S["{0} changed its price for “{1}”, or stopped offering it. New orders follow the new terms at once. Look at your price:", notice.Supplier, notice.Title],
        "Resale/Goods");

    private (string Subject, string Text, string Path) Recalled(ResaleNotice notice) => (
        S["{0} recalled keys of “{1}”", notice.Supplier, notice.Title],
        S["{0} recalled keys of “{1}” that your buyer has. Ask the supplier to replace them, or give the money back:", notice.Supplier, notice.Title],
        $"Orders/Detail/{notice.OrderId}");

    private (string Subject, string Text, string Path) Payout(PayoutEvent asked)
    {
        var path = $"Payouts/Details/{asked.PayoutId}";
        return platform.Any()
            ? (S["your payout request waits for the platform"], S["The payout that was asked for waits for the platform's approval; its amount is set aside until then. You get a mail when the platform has decided:"], path)
            : (S["a payout waits for approval"], S["Somebody asks for a payout. Its amount is set aside until somebody else approves or rejects it:"], path);
    }

    // an alarm and what freezes somebody are told each time; of what only looks odd a night's scan may open many, and whoever looks at the first sees them all
    private async Task<bool> IsToldAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Read<ReferralEvent>().CaseId is not { } id || await reviews.FindAsync(scope, id, cancellationToken) is not { } found)
            return false;
        if (message.Type == ReferralEvents.CaseAppealed)
            return found.State == ReferralCaseState.Appealed;
        return found.State == ReferralCaseState.Open && (!IsLesser(found.Kind) || (await reviews.ListAsync(scope, take: 1, cancellationToken: cancellationToken)).All(first => first.Id == id));
    }

    private static bool IsLesser(ReferralCaseKind kind) => kind is ReferralCaseKind.Velocity or ReferralCaseKind.CouponSite or ReferralCaseKind.SameAddress;

    private async Task<(string Subject, string Text, string Path)> CaseAsync(ReferralEvent about, CancellationToken cancellationToken)
    {
        // cases are never deleted
        var found = (await reviews.FindAsync(scope, about.CaseId!, cancellationToken))!;
        var path = $"Referrals/Cases/Detail/{about.CaseId}";
        if (found.State == ReferralCaseState.Appealed)
            return (S["a promoter appeals"], S["A promoter asks for another look at a decision. Somebody who didn't decide the case decides the appeal:"], path);
        if (found.Promoter is null || found.Kind == ReferralCaseKind.PeopleAndLevels)
            return (S["an alarm about promotion"], S["Promotion in the shop looks like what the law forbids. Look at it soon, and stop it if it is:"], path);
        return IsLesser(found.Kind)
            ? (S["a promoter waits for a review"], S["Something about a promoter looks odd, and their rewards may be on hold until somebody decides. Of further cases like this you are told once none is open any more:"], path)
            : (S["a promoter is frozen"], S["A promoter earns nothing and is paid nothing until somebody decides:"], path);
    }

    private async Task<(string Subject, string Text, string Path)> TicketAsync(TicketEvent asked, CancellationToken cancellationToken)
    {
        // stored in the transaction that wrote the event, and never deleted
        var mail = (await tickets.MailAsync(scope, asked.TicketId, asked.Number, cancellationToken))!;
        string subject = mail.Ticket.OrderNumber is { } number ? S["a buyer wrote about order {0}", number] : S["a buyer wrote"];
        return (subject, $"{S["A buyer waits for your answer. Card keys are masked here:"]}\n\n{mail.Text}", $"Messages/Detail/{asked.TicketId}");
    }

    private async Task<(string Subject, string Text, string Path)> OrderAsync(string type, OrderEvent about, CancellationToken cancellationToken)
    {
        var found = await desk.DetailAsync(scope, about.OrderId, cancellationToken);
        // a payment for an order that isn't there has no page of its own
        var path = found is null ? "Payments/Index" : $"Orders/Detail/{about.OrderId}";
        var number = found?.Order.Number ?? about.OrderId;
        return type switch
        {
            OrderEvents.TaskOpened => (S["order {0} is to be delivered by hand", number], S["Order {0} is paid and waits for a person to deliver it:", number], path),
            OrderEvents.Disputed => (S["the payment of order {0} is disputed", number], S["The payer of order {0} disputes the payment. Look at what was delivered, and answer the provider in time:", number], path),
            OrderEvents.GivenBackTwice => (S["more than was paid for order {0} went back", number], S["More went back of a payment of order {0} than was paid: it was refunded, and a dispute took it as well. Ask the payment provider for the difference:", number], path),
            RefundEvents.Requested => (S["a buyer asks for money back for order {0}", number], S["The buyer of order {0} asks for money back. Answer in time, or the platform decides:", number], path + "#money"),
            RefundEvents.Escalated => (S["the platform decides a refund for order {0}", number], S["The refund request for order {0} is the platform's to decide now. You see on the order's page what it decided:", number], path + "#money"),
            OrderEvents.PaymentRefused => (S["a payment for order {0} doesn't fit", number], S["A payment for order {0} was refused: its amount or currency isn't the order's, or there is no such order. Nothing was delivered. Look at it with the provider:", number], path),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no mail about this."),
        };
    }
}
