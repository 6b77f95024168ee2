using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;

namespace LinkShop.Shops.Services;

/// <summary>Tells an owner by mail that a domain is about to be lost, and that it is.</summary>
internal sealed class DomainMail(IShops shops, OwnerMail mail, IStringLocalizer<DomainMail> S) : IOutboxHandler
{
    public bool Handles(string type) => type == ShopEvents.DomainTrouble;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var trouble = message.Read<DomainTrouble>();
        if (await shops.FindAsync(PlatformTenant.Scope, trouble.Shop, cancellationToken) is not { OwnerEmail: { Length: > 0 } to } shop)
            return;
        await mail.SendAsync(() => Write(trouble, shop, to));
    }

    private MailMessage Write(DomainTrouble trouble, ShopInfo shop, string to)
    {
        var name = DomainNames.Show(trouble.Domain);
        return new MailMessage
        {
            To = to,
            Subject = trouble.Lost ? S["{0} no longer leads to your shop", name] : S["The proof for {0} is gone", name],
            TextBody = trouble.Lost
                ? S["Your shop {0} no longer answers at {1}, because the proof that the domain is yours has been gone for 7 days. When it is still yours, publish the proof again and check it in your shop desk under Own domains.", shop.Title, name]
                : S["The proof that {1} belongs to you can't be found any more. Your shop {0} answers there until {2:d}. Please publish the proof again; your shop desk shows it under Own domains.", shop.Title, name, trouble.Until],
        };
    }
}
