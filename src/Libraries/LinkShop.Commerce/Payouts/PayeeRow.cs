using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Payouts;

/// <summary>A payee as it is stored.</summary>
internal sealed record PayeeRow
{
    public string Owner { get; init; } = "";
    public byte[] Name { get; init; } = [];
    public byte[]? Identity { get; init; }
    public string? IdentityBy { get; init; }
    public DateTimeOffset? IdentityVerifiedAt { get; init; }
    public string? IdentityVerifiedBy { get; init; }
    public byte[]? TaxId { get; init; }
    public string? TaxCountry { get; init; }
    public string? TaxBy { get; init; }
    public byte[]? Destination { get; init; }
    public string? DestinationMask { get; init; }
    public string? DestinationBy { get; init; }
    public DateTimeOffset? DestinationVerifiedAt { get; init; }
    public string? DestinationVerifiedBy { get; init; }
    public long Version { get; init; }
    public string UpdatedBy { get; init; } = "";
    public DateTimeOffset UpdatedAt { get; init; }

    public const string Select = """
        select owner, name, identity, identity_by, identity_verified_at, identity_verified_by, tax_id, tax_country, tax_by, destination, destination_mask, destination_by,
          destination_verified_at, destination_verified_by, version, updated_by, updated_at from payee where tenant = @tenant
        """;

    private const string ByOwner = Select + " and owner = @owner";
    private const string ByOwnerLocked = ByOwner + " for update";

    private const string UpdateAll = """
        update payee set name = @name, identity = @identity, identity_by = @identityBy, identity_verified_at = @identityVerifiedAt, identity_verified_by = @identityVerifiedBy,
          tax_id = @taxId, tax_country = @taxCountry, tax_by = @taxBy, destination = @destination, destination_mask = @destinationMask, destination_by = @destinationBy,
          destination_verified_at = @destinationVerifiedAt, destination_verified_by = @destinationVerifiedBy, version = @version, updated_by = @updatedBy, updated_at = @updatedAt
        where tenant = @tenant and owner = @owner
        """;

    public static Task<PayeeRow?> FindAsync(ICommerceConnection connection, string owner) => connection.QuerySingleOrDefaultAsync<PayeeRow>(ByOwner, new { owner });

    /// <summary>Reads and keeps the row until the transaction ends.</summary>
    public static Task<PayeeRow?> LockAsync(ICommerceConnection connection, string owner) =>
        connection.QuerySingleOrDefaultAsync<PayeeRow>(connection.Dialect == CommerceDialect.Postgres ? ByOwnerLocked : ByOwner, new { owner });

    /// <summary>The row of nobody: all that was entered is gone.</summary>
    public PayeeRow Emptied(string actor, DateTimeOffset now) => new() { Owner = Owner, Name = Name, Version = Version + 1, UpdatedBy = actor, UpdatedAt = now };

    public static void Update(ICommerceConnection connection, PayeeRow row) => connection.Defer(UpdateAll, row);

    public PayeeIdentity? ReadIdentity(ITenantCipher cipher) => Identity is null ? null : JsonSerializer.Deserialize(cipher.Decrypt(Identity), PayoutJson.Default.PayeeIdentity);

    public PayoutDestination? ReadDestination(ITenantCipher cipher) => Destination is null ? null : JsonSerializer.Deserialize(cipher.Decrypt(Destination), PayoutJson.Default.PayoutDestination);

    public Payee ToPayee(ITenantCipher cipher) => new()
    {
        Profile = new PayeeProfile
        {
            Owner = Owner,
            Name = cipher.Decrypt(Name),
            Identity = ReadIdentity(cipher),
            TaxId = TaxId is null ? null : cipher.Decrypt(TaxId),
            TaxCountry = TaxCountry,
            Destination = ReadDestination(cipher),
        },
        Version = Version,
        IdentityEnteredBy = IdentityBy,
        TaxEnteredBy = TaxBy,
        DestinationEnteredBy = DestinationBy,
        IdentityVerifiedAt = IdentityVerifiedAt,
        IdentityVerifiedBy = IdentityVerifiedBy,
        DestinationVerifiedAt = DestinationVerifiedAt,
        DestinationVerifiedBy = DestinationVerifiedBy,
        UpdatedAt = UpdatedAt,
    };

    /// <summary>The row with what was entered. What is the same stays verified; who somebody is and their tax profile are verified together.</summary>
    public PayeeRow With(PayeeProfile profile, ITenantCipher cipher, string actor, DateTimeOffset now)
    {
        var row = this with
        {
            Name = profile.KeepsName && Version > 0 ? Name : cipher.Encrypt(profile.Name),
            Version = Version + 1,
            UpdatedBy = actor,
            UpdatedAt = now,
        };
        if (profile.TaxId is { } tax && (TaxId is null || tax != cipher.Decrypt(TaxId) || profile.TaxCountry != TaxCountry))
            row = row with { TaxId = cipher.Encrypt(tax), TaxCountry = profile.TaxCountry, TaxBy = actor, IdentityVerifiedAt = null, IdentityVerifiedBy = null };
        if (profile.Identity is { } identity && identity != ReadIdentity(cipher))
        {
            var stored = cipher.Encrypt(JsonSerializer.Serialize(identity, PayoutJson.Default.PayeeIdentity));
            row = row with { Identity = stored, IdentityBy = actor, IdentityVerifiedAt = null, IdentityVerifiedBy = null };
        }

        if (profile.Destination is { } destination && destination != ReadDestination(cipher))
        {
            var stored = cipher.Encrypt(JsonSerializer.Serialize(destination, PayoutJson.Default.PayoutDestination));
            row = row with { Destination = stored, DestinationMask = destination.Mask, DestinationBy = actor, DestinationVerifiedAt = null, DestinationVerifiedBy = null };
        }

        return row;
    }
}
