using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Localization;

namespace OrchardCore.DisplayManagement.Notify;

/// <summary>Kind of a message.</summary>
public enum NotifyType
{
    /// <summary>It worked.</summary>
    Success,

    /// <summary>Good to know.</summary>
    Information,

    /// <summary>It worked, but look at it.</summary>
    Warning,

    /// <summary>It didn't work.</summary>
    Error,
}

/// <summary>A message to the person in front of the screen.</summary>
public class NotifyEntry
{
    /// <summary>Kind of the message.</summary>
    public NotifyType Type { get; set; }

    /// <summary>The text.</summary>
    public IHtmlContent Message { get; set; } = HtmlString.Empty;
}

/// <summary>Keeps messages for the next page that is shown, also over a redirect.</summary>
public interface INotifier
{
    /// <summary>Adds a message.</summary>
    ValueTask AddAsync(NotifyType type, LocalizedHtmlString message);

    /// <summary>Messages of this request.</summary>
    IList<NotifyEntry> List();
}

/// <summary>Short forms of <see cref="INotifier.AddAsync"/>.</summary>
public static class NotifierExtensions
{
    /// <summary>Says that it worked.</summary>
    public static ValueTask SuccessAsync(this INotifier notifier, LocalizedHtmlString message) => notifier.AddAsync(NotifyType.Success, message);

    /// <summary>Says something good to know.</summary>
    public static ValueTask InformationAsync(this INotifier notifier, LocalizedHtmlString message) => notifier.AddAsync(NotifyType.Information, message);

    /// <summary>Warns.</summary>
    public static ValueTask WarningAsync(this INotifier notifier, LocalizedHtmlString message) => notifier.AddAsync(NotifyType.Warning, message);

    /// <summary>Says that it didn't work.</summary>
    public static ValueTask ErrorAsync(this INotifier notifier, LocalizedHtmlString message) => notifier.AddAsync(NotifyType.Error, message);
}
