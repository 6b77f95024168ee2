using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace LinkShop.Platform.Services;

/// <summary>What people read at a field whose value MVC couldn't read. MVC's own texts are English and name properties, not fields; each is looked up when it is shown, in the reader's language.</summary>
internal sealed class BindingMessages(IStringLocalizer<BindingMessages> S) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        string Number() => S["Enter a number."];
        string Missing() => S["Fill this in."];
        string Unusable() => S["This value can't be used here."];
        string Unread(string value) => S["“{0}” can't be used here. Check how it is written, and that it isn't too big.", value];
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => Unread(value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(Unread);
        messages.SetValueIsInvalidAccessor(Unread);
        messages.SetUnknownValueIsInvalidAccessor(_ => Unusable());
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(Unusable);
        messages.SetValueMustBeANumberAccessor(_ => Number());
        messages.SetNonPropertyValueMustBeANumberAccessor(Number);
        messages.SetValueMustNotBeNullAccessor(_ => Missing());
        messages.SetMissingBindRequiredValueAccessor(_ => Missing());
        messages.SetMissingKeyOrValueAccessor(Missing);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => S["The request has no content."]);
    }
}
