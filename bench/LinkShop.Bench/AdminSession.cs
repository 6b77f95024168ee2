using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>An administrator of the mall who uses the pages' forms.</summary>
internal sealed partial class AdminSession : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _prefix;

    private AdminSession(HttpClient client, string prefix)
    {
        _client = client;
        _prefix = prefix;
    }

    public static async Task<AdminSession> SignInAsync(LinkShopServer server, string prefix)
    {
        var session = new AdminSession(server.NewClient(), prefix);
        var form = await session.TokenFromAsync($"{prefix}/Login");
        form["UserName"] = LinkShopServer.AdminUser;
        form["Password"] = LinkShopServer.AdminPassword;
        using var content = new FormUrlEncodedContent(form);
        using var answer = await session._client.PostAsync(new Uri($"{prefix}/Login", UriKind.Relative), content);
        return answer.IsSuccessStatusCode && answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/Admin", StringComparison.OrdinalIgnoreCase)
            ? session
            : throw new InvalidOperationException($"The administrator could not sign in: {answer.StatusCode} at {answer.RequestMessage!.RequestUri}");
    }

    public async Task<string> FindPoolAsync(string name)
    {
        var html = WebUtility.HtmlDecode(await _client.GetStringAsync(new Uri($"{_prefix}/Admin/KeyPools/Index", UriKind.Relative)));
        return Pool().Matches(html).First(m => m.Groups[2].Value.Trim() == name).Groups[1].Value;
    }

    /// <summary>How many of a pool's keys are for sale, as its list page shows it.</summary>
    public async Task<long> StockAsync(string pool)
    {
        var html = await _client.GetStringAsync(new Uri($"{_prefix}/Admin/KeyPools/Index", UriKind.Relative));
        var row = html[html.IndexOf($"/KeyPools/Details/{pool}\"", html.IndexOf("<tbody", StringComparison.Ordinal), StringComparison.Ordinal)..];
        return long.Parse(Stock().Match(row).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public async Task VoidAllAsync(string pool)
    {
        var form = await TokenFromAsync($"{_prefix}/Admin/KeyPools/Details/{pool}");
        form["all"] = "true";
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _client.PostAsync(new Uri($"{_prefix}/Admin/KeyPools/{pool}/Keys/Withdraw", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Uploads the keys as a text file and returns the report page.</summary>
    public async Task<string> ImportAsync(string pool, IEnumerable<string> keys)
    {
        var form = await TokenFromAsync($"{_prefix}/Admin/KeyPools/Details/{pool}");
        using var token = new StringContent(form["__RequestVerificationToken"]);
        token.Headers.ContentType = null;
        using var file = new PushContent(keys);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var content = new MultipartFormDataContent { { token, "__RequestVerificationToken" }, { file, "content", "keys.txt" } };
        using var answer = await _client.PostAsync(new Uri($"{_prefix}/Admin/KeyPools/{pool}/Import/Run", UriKind.Relative), content);
        var html = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? html : throw new InvalidOperationException($"The import was refused: {answer.StatusCode} {html}");
    }

    public void Dispose() => _client.Dispose();

    private async Task<Dictionary<string, string>> TokenFromAsync(string page)
    {
        var html = await _client.GetStringAsync(new Uri(page, UriKind.Relative));
        return new() { ["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value };
    }

    [GeneratedRegex("<meter[^>]* value=\"(\\d+)\"")]
    private static partial Regex Stock();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("""href="[^"]*/KeyPools/Details/(\d+)">([^<]+)</a>""")]
    private static partial Regex Pool();

    /// <summary>Lines written as they are made: a million keys are not held as one text.</summary>
    private sealed class PushContent(IEnumerable<string> lines) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
            foreach (var line in lines)
                await writer.WriteLineAsync(line);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
