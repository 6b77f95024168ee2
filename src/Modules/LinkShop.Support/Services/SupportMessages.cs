using LinkShop.Commerce;
using Microsoft.Extensions.Localization;

namespace LinkShop.Support.Services;

/// <summary>Says a refusal in the reader's language, with what to do next.</summary>
public sealed class SupportMessages(IStringLocalizer<SupportMessages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>For a lookup; says nothing about which of the two was wrong.</summary>
    public string NothingFound => S["We found no message with this contact and password. Messages about an order are on the order's own page."];

    /// <summary>The sentence to show.</summary>
    public string Of(CommerceError error) => (error.Code, error.Field) switch
    {
        (CommerceErrors.Required, "text") => S["Please write something."],
        (CommerceErrors.Required, _) => S["Please fill this in."],
        (CommerceErrors.TooLong, "pictures") => S["At most 3 pictures of 2 MB each."],
        (CommerceErrors.TooLong, "ticket") => S["This conversation is full. Please open another one."],
        (CommerceErrors.TooLong, _) => S["This is too long."],
        (CommerceErrors.TooShort, _) => S["Please use at least 4 characters."],
        (CommerceErrors.Invalid, "pictures") => S["Pictures can be PNG, JPEG, GIF or WebP files."],
        (CommerceErrors.Invalid, "contact") => S["Please give an e-mail address or a phone number."],
        (CommerceErrors.Invalid, _) => S["This isn't in the expected form."],
        (CommerceErrors.TooManyAttempts, _) => S["That was a lot of messages. Please wait a while before you send another one."],
        (CommerceErrors.NotFound, _) => S["We can't find this."],
        (CommerceErrors.IllegalTransition, _) => S["This isn't possible any more. Please reload the page."],
        (CommerceErrors.Conflict, _) => S["Nothing was changed. Please reload the page and try again."],
        _ => S["This didn't work ({0}). Nothing was changed; please try again.", error.Code],
    };
}
