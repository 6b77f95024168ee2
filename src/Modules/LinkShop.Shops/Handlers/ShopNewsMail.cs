using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;

namespace LinkShop.Shops.Handlers;

/// <summary>Tells an owner by mail what the platform did with the shop. To whom is said by the message: who had the shop isn't in the register any more.</summary>
internal sealed class ShopNewsMail(IShops shops, OwnerMail mail, IStringLocalizer<ShopNewsMail> S) : IOutboxHandler
{
    public bool Handles(string type) => type == ShopEvents.News;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var news = message.Read<ShopNews>();
        if (await shops.FindAsync(PlatformTenant.Scope, news.Shop, cancellationToken) is { } shop)
            await mail.SendAsync(() => Write(news, shop.Title));
    }

    private MailMessage Write(ShopNews news, string title)
    {
        var (subject, text) = news.Kind switch
        {
            ShopNewsKind.Suspended => (S["Your shop {0} has been suspended", title],
                S["The platform has suspended your shop {0}: {1}\n\nVisitors see a notice with this reason, and nobody can order. Orders that were paid are delivered, and buyers can still write to you. When you think that this is wrong, write to the platform.", title, news.Reason ?? ""]),
            ShopNewsKind.Closed => (S["Your shop {0} has been closed for good", title],
                S["The platform has closed your shop {0} for good: {1}\n\nVisitors see a notice with this reason. Orders and books are kept; the shop's own domains are given up. When you think that this is wrong, write to the platform.", title, news.Reason ?? ""]),
            ShopNewsKind.GivenAway => (S["Your shop {0} belongs to somebody else now", title],
                S["The platform has given the shop {0} to another account. You can't go into it any more, and payouts that were not sent yet have been called off. When you think that this is wrong, write to the platform.", title]),
            _ => (S["The shop {0} is yours now", title],
                S["The platform has given the shop {0} to your account. Sign in on the platform and go in under My shops. Before you ask for a payout, fill in who is paid and where: what the owner before you had filled in is gone.", title]),
        };
        return new MailMessage { To = news.To, Subject = subject, TextBody = text };
    }
}
