using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Display.Notify;

internal sealed class Notifier : INotifier
{
    private readonly List<NotifyEntry> _entries = [];

    public ValueTask AddAsync(NotifyType type, LocalizedHtmlString message)
    {
        _entries.Add(new NotifyEntry { Type = type, Message = message });
        return ValueTask.CompletedTask;
    }

    public IList<NotifyEntry> List() => _entries;
}

/// <summary>Carries messages over a redirect in an encrypted cookie of the tenant.</summary>
internal sealed class NotifyCookie(IDataProtectionProvider protection, ShellSettings shell, INotifier notifier, HtmlEncoder encoder)
{
    private readonly string _name = "orchnotify_" + Uri.EscapeDataString(shell.Name);
    private IDataProtector Protector => protection.CreateProtector(nameof(NotifyCookie), shell.Name);

    /// <summary>Messages of the last request and this one; they count as shown.</summary>
    public List<NotifyEntry> Take(HttpContext context)
    {
        var entries = new List<NotifyEntry>();
        if (context.Request.Cookies.TryGetValue(_name, out var cookie))
        {
            entries.AddRange(Read(cookie));
            context.Response.Cookies.Delete(_name, Options(context));
        }

        entries.AddRange(notifier.List());
        notifier.List().Clear();
        return entries;
    }

    /// <summary>Keeps this request's messages for the next page.</summary>
    public void Keep(HttpContext context)
    {
        if (notifier.List().Count == 0)
            return;

        var entries = context.Request.Cookies.TryGetValue(_name, out var cookie) ? Read(cookie).ToList() : [];
        entries.AddRange(notifier.List());
        notifier.List().Clear();
        var json = JsonSerializer.SerializeToUtf8Bytes(entries.Select(entry => new Stored((int)entry.Type, Html(entry.Message))));
        context.Response.Cookies.Append(_name, Convert.ToBase64String(Protector.Protect(json)), Options(context));
    }

    private IEnumerable<NotifyEntry> Read(string cookie)
    {
        Stored[]? stored;
        try
        {
            stored = JsonSerializer.Deserialize<Stored[]>(Protector.Unprotect(Convert.FromBase64String(cookie)));
        }
        catch (Exception e) when (e is FormatException or JsonException or System.Security.Cryptography.CryptographicException)
        {
            // Forged, or from before the keys changed: there is nothing to show.
            return [];
        }

        return (stored ?? []).Select(entry => new NotifyEntry { Type = (NotifyType)entry.Type, Message = new HtmlString(entry.Html) });
    }

    private string Html(IHtmlContent message)
    {
        using var writer = new StringWriter(new StringBuilder());
        message.WriteTo(writer, encoder);
        return writer.ToString();
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        IsEssential = true,
    };

    private sealed record Stored(int Type, string Html);
}

/// <summary>Keeps messages when the answer is no page.</summary>
internal sealed class NotifyFilter(NotifyCookie cookie) : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not Microsoft.AspNetCore.Mvc.ViewResult)
            cookie.Keep(context.HttpContext);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
