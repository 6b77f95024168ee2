using System.Globalization;
using OrchardCore.Email;
using OrchardCore.Localization;

namespace LinkShop.Shops.Services;

/// <summary>Mails to owners of shops, in the platform's language.</summary>
internal sealed class OwnerMail(IEmailService mail, ILocalizationService localization)
{
    /// <summary>Writes and sends one.</summary>
    /// <param name="write">Writes it, once the language is set.</param>
    /// <exception cref="InvalidOperationException">It wasn't accepted: the outbox tries again.</exception>
    public async Task SendAsync(Func<MailMessage> write)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(await localization.GetDefaultCultureAsync());
        try
        {
            var result = await mail.SendAsync(write());
            if (!result.Succeeded)
                throw new InvalidOperationException("The mail wasn't accepted: " + string.Join(" ", result.Errors.SelectMany(e => e.Value).Select(e => e.Value)));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
