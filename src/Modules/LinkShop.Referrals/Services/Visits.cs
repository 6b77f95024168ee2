using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Referrals.Services;

/// <summary>Tells people who follow a link from programs that look at it: previews of messengers, search engines, browsers that load ahead.</summary>
public static partial class Visits
{
    /// <summary>Whether a person seems to have followed the link.</summary>
    public static bool IsPerson(HttpRequest request)
    {
        var headers = request.Headers;
        string[] ahead = [headers["Sec-Purpose"].ToString(), headers["Purpose"].ToString(), headers["X-Moz"].ToString(), headers["X-Purpose"].ToString()];
        return HttpMethods.IsGet(request.Method) && !ahead.Any(h => Ahead().IsMatch(h)) && headers.UserAgent.ToString() is { Length: > 0 } agent && !Robot().IsMatch(agent);
    }

    [GeneratedRegex("prefetch|prerender|preview", RegexOptions.IgnoreCase)]
    private static partial Regex Ahead();

    // names of those that say what they are; who hides it is found by velocity and rings
    [GeneratedRegex(@"bot\b|bot/|spider|crawl|slurp|facebookexternalhit|whatsapp|telegram|preview|embed|headless|lighthouse|curl|wget|python|java/|go-http|okhttp|axios|node-fetch|libwww|scrapy|monitor|uptime", RegexOptions.IgnoreCase)]
    private static partial Regex Robot();
}
