using System.Globalization;
using OrchardCore.Email;

namespace LinkShop.Checkout.Services;

/// <summary>Sends a mail whose words are made in the reader's language.</summary>
internal sealed class MailDelivery(IEmailService mail)
{
    /// <exception cref="MailRefusedException">The mail server didn't take it; the outbox tries again later.</exception>
    public async Task SendAsync(string culture, Func<Task<MailMessage>> write)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            var result = await mail.SendAsync(await write());
            if (!result.Succeeded)
            {
                throw new MailRefusedException(string.Join(" ", result.Errors.SelectMany(e => e.Value).Select(e => e.Value)));
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

/// <summary>The mail server refused a mail; the outbox tries again later.</summary>
internal sealed class MailRefusedException(string reason) : Exception("The mail wasn't accepted: " + reason);
