using System.IO.Pipelines;
using System.Text.Json;
using LinkShop.Checkout.Models;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Http;
using OrchardCore.Entities;
using OrchardCore.Modules;
using OrchardCore.Settings;
using OrchardCore.Users.Models;

namespace LinkShop.Checkout.Accounts;

/// <summary>Writes all that is kept about an account as one JSON file, entry by entry: it is never in memory as a whole, however many orders there are.</summary>
public sealed class AccountFile(IEnumerable<IAccountRecords> records, ISiteService sites, TenantAddress address, IClock clock)
{
    /// <summary>What the file's <c>format</c> is. Members may be added; none is renamed.</summary>
    public const string Format = "linkshop-account-1";

    private static readonly JsonWriterOptions s_writing = new() { Indented = true, NewLine = "\n", Encoder = ReadableJson.Options.Encoder };

    /// <summary>Writes it.</summary>
    /// <param name="user">Whose. The caller has authenticated them.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Gives up; the file is then broken off.</param>
    public async Task WriteAsync(User user, PipeWriter to, CancellationToken cancellationToken)
    {
        var site = await sites.GetSiteSettingsAsync();
        await using var json = new Utf8JsonWriter(to, s_writing);
        json.WriteStartObject();
        json.WriteString("format", Format);
        Write(json, "made_at", new DateTimeOffset(clock.UtcNow, TimeSpan.Zero));
        json.WriteString("site", site.SiteName);
        json.WriteString("address", await address.RootAsync());
        Write(json, "account", new AccountEntry(user.UserId, user.UserName, user.Email, user.EmailConfirmed, MadeAt(user), user.RoleNames));
        foreach (var section in records.SelectMany(r => r.Sections(user.UserId, cancellationToken)))
        {
            json.WriteStartArray(section.Name);
            await foreach (var entry in section.Entries.WithCancellation(cancellationToken))
            {
                JsonSerializer.Serialize(json, entry, entry.GetType(), ReadableJson.Options);
                await to.FlushAsync(cancellationToken);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await to.FlushAsync(cancellationToken);
    }

    private static DateTimeOffset? MadeAt(User user) =>
        EntityExtensions.As<AccountMade>(user).Utc is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;

    private static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, ReadableJson.Options);
    }

    private sealed record AccountEntry(string Id, string Name, string? Email, bool EmailConfirmed, DateTimeOffset? MadeAt, IEnumerable<string> Roles);
}
