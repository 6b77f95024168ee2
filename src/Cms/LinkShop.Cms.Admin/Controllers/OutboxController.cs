using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>Lists the mails that stayed here because there is no mail server; only who and about what, for they may carry what was bought.</summary>
[Feature("OrchardCore.Email")]
[Admin("MailOutbox", "MailOutbox.List")]
public sealed partial class OutboxController(ISiteService siteService, IServiceProvider services) : AdminControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Index(PagerParameters pagerParameters)
    {
        if (!await IsAllowedAsync(EmailPermissions.ManageEmailSettings)) return Forbid();
        var folder = new DirectoryInfo(services.GetRequiredService<TenantFolders>().Outbox);
        var files = folder.Exists ? folder.GetFiles("*.eml").OrderByDescending(file => file.LastWriteTimeUtc).ToList() : [];
        var (page, pager) = Cut(files, await PagerAsync(pagerParameters));
        var settings = await siteService.GetSettingsAsync<SmtpSettings>();
        return View(new OutboxViewModel([.. page.Select(Read)], pager, settings.Host));
    }

    private static OutboxMail Read(FileInfo file)
    {
        string to = "", subject = "";
        foreach (var line in Unfold(System.IO.File.ReadLines(file.FullName, Encoding.UTF8).TakeWhile(line => line.Length > 0)))
        {
            if (line.StartsWith("To:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("X-Receiver:", StringComparison.OrdinalIgnoreCase)) to = Decode(line[(line.IndexOf(':') + 1)..]);
            else if (line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase)) subject = Decode(line[8..]);
        }

        return new OutboxMail(to, subject, file.LastWriteTimeUtc);
    }

    /// <summary>Joins header lines that were broken because of their length.</summary>
    private static IEnumerable<string> Unfold(IEnumerable<string> lines)
    {
        string? current = null;
        foreach (var line in lines)
        {
            if (current is not null && line[0] is ' ' or '\t') current += line;
            else
            {
                if (current is not null) yield return current;
                current = line;
            }
        }

        if (current is not null) yield return current;
    }

    /// <summary>Reads the encoded words of a header, <c>=?utf-8?B?…?=</c>; the client writes no other kind.</summary>
    private static string Decode(string header) => EncodedWord().Replace(header.Trim(), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
