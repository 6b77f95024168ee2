using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Services;

/// <summary>Words of the mails about an order, in the current culture, as text and as HTML.</summary>
internal sealed class OrderMailText(IStringLocalizer<OrderMailText> S, ISiteService sites, TenantAddress address)
{
    // Chinese stays readable in the source of a mail; what means something in HTML is encoded.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public async Task<MailMessage> CreateAsync(string type, OrderView order, RefundView? answer, Money back, string to, string token)
    {
        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        var link = $"{await address.RootAsync()}/orders/{order.OrderId}?token={Uri.EscapeDataString(token)}";
        var culture = CultureInfo.CurrentUICulture;
        (string subject, string opening) = type switch
        {
            OrderEvents.Fulfilled => (S["{0}: your order {1} is ready", shop, order.Number], S["Thank you! Your order was delivered. Open it here:"]),
            ReplacementEvents.Replaced => (S["{0}: a key of your order {1} was replaced", shop, order.Number], S["You got a new key in place of one that was no good; the old one doesn't count any more. Open your order to see it:"]),
            ReplacementEvents.Corrected => (S["{0}: what you got for your order {1} was corrected", shop, order.Number], S["Something was wrong with what we delivered. It was corrected; what you got before doesn't count any more. Open your order to see it:"]),
            OrderEvents.TaskOpened => (S["{0}: we are preparing your order {1}", shop, order.Number], S["Thank you, your payment has arrived. A person is preparing your order; follow it here:"]),
            OrderEvents.RefundDue => GivingBack(S, shop, order, culture),
            OrderEvents.Refunded => (S["{0}: refund for order {1}", shop, order.Number], S["{0} was given back to you. See your order here:", back.Format(culture)]),
            RefundEvents.Answered => (S["{0}: answer to your request for order {1}", shop, order.Number], Answer(answer!, culture)),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no mail about this."),
        };
        string closing = S["You can also find it with your contact and lookup password. Nobody from {0} will ever ask you for the goods themselves.", shop];
        return new MailMessage
        {
            To = to,
            Subject = subject,
            TextBody = Text(order, opening, link, closing, culture),
            HtmlBody = Html(order, opening, link, closing, culture),
        };
    }

    /// <summary>What a mail about money to give back says. It is written some time after the event: the goods may have come after all.</summary>
    internal static (string Subject, string Opening) GivingBack(IStringLocalizer S, string shop, OrderView order, CultureInfo culture)
    {
        if (order.RefundDue.IsZero)
            return (S["{0}: your order {1} is ready", shop, order.Number], S["Thank you! Your order was delivered. Open it here:"]);

        string subject = S["{0}: we give money back for order {1}", shop, order.Number];
        return order.State is OrderState.Refunded or OrderState.PartiallyRefunded
            ? (subject, S["We give {0} back to you. See your order here:", order.RefundDue.Format(culture)])
            : (subject, S["Your payment came too late or was more than the order. We give {0} back to you. See your order here:", order.RefundDue.Format(culture)]);
    }

    private string Answer(RefundView answer, CultureInfo culture)
    {
        string said = answer is { State: RefundState.Approved, Asked: { } asked } ? S["The shop agrees to give you {0} back, of {1} that you asked for.", answer.Amount.Format(culture), asked.Format(culture)]
            : answer.State == RefundState.Approved ? S["The shop agrees to give you {0} back.", answer.Amount.Format(culture)] : S["The shop doesn't agree to give you {0} back.", answer.Amount.Format(culture)];
        return answer.Note is { Length: > 0 } note ? $"{said} {note}" : said;
    }

    private static string E(string text) => s_encoder.Encode(text);

    private string Text(OrderView order, string opening, string link, string closing, CultureInfo culture)
    {
        var text = new StringBuilder().AppendLine(opening).AppendLine().AppendLine(link).AppendLine();
        foreach (var line in order.Lines)
        {
            text.AppendLine(culture, $"{GoodsSnapshot.NameOf(line, culture)} ×{line.Quantity}   {line.Total.Format(culture)}");
            foreach (var delivery in line.Deliveries)
            {
                text.AppendLine(delivery);
            }

            foreach (var replaced in line.Replaced)
            {
                text.AppendLine(S["{0} was replaced by {1}.", replaced.Old, replaced.New]);
            }
        }

        return text.AppendLine().AppendLine(closing).ToString();
    }

    private string Html(OrderView order, string opening, string link, string closing, CultureInfo culture)
    {
        // Everything from an order is encoded: titles and deliveries are merchants' and buyers' text.
        var html = new StringBuilder();
        html.Append(culture, $"<!doctype html><html lang=\"{culture.Name}\"><body style=\"font-family:sans-serif;line-height:1.5;color:#171a26\">");
        html.Append(culture, $"<p>{E(opening)}</p>");
        html.Append(culture, $"<p><a href=\"{E(link)}\" style=\"display:inline-block;padding:12px 20px;background:#2f55e8;color:#fff;border-radius:8px;text-decoration:none\">{E(S["Open order {0}", order.Number])}</a></p><table>");
        foreach (var line in order.Lines)
        {
            html.Append(culture, $"<tr><td>{E(GoodsSnapshot.NameOf(line, culture))} ×{line.Quantity}</td><td style=\"padding-left:24px\">{E(line.Total.Format(culture))}</td></tr>");
            foreach (var delivery in line.Deliveries)
            {
                html.Append(culture, $"<tr><td colspan=\"2\"><code style=\"white-space:pre-wrap\">{E(delivery)}</code></td></tr>");
            }

            foreach (var replaced in line.Replaced)
            {
                html.Append(culture, $"<tr><td colspan=\"2\">{E(S["{0} was replaced by {1}.", replaced.Old, replaced.New])}</td></tr>");
            }
        }

        return html.Append(culture, $"</table><p style=\"color:#555c70\">{E(closing)}</p></body></html>").ToString();
    }
}
