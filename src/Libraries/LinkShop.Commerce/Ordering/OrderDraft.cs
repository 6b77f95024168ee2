using System.Globalization;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <summary>What of a new order can be prepared before its transaction: ids, hashes and ciphertexts, so that the writer isn't kept waiting by them.</summary>
internal sealed class OrderDraft
{
    public required OrderRequest Request { get; init; }
    public required ITenantCipher Cipher { get; init; }
    public required string OrderId { get; init; }
    public required string Token { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required DateTimeOffset ReservedUntil { get; init; }
    public byte[]? ContactHash { get; init; }
    public byte[]? ContactCipher { get; init; }
    public byte[]? AddressHash { get; init; }
    public byte[]? PasswordHash { get; init; }
    public byte[] RequestHash { get; init; } = [];

    /// <summary>The one whose purchases are counted together.</summary>
    public required byte[] Buyer { get; init; }

    public static OrderDraft Of(OrderRequest request, string? contact, ITenantCipher cipher, DateTimeOffset now, OrderingOptions options)
    {
        // as it is stored, so that a receipt says the same as the order read later
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var id = CommerceId.New(now);
        var contactHash = contact is null ? null : Contact.Hash(cipher, contact);
        return new OrderDraft
        {
            Request = request,
            Cipher = cipher,
            OrderId = id,
            Token = OrderSecrets.Token(cipher, id),
            Now = now,
            ReservedUntil = now.AddMinutes(Math.Clamp(request.Policy?.ReserveMinutes ?? options.ReserveMinutes, 1, 1440)),
            ContactHash = contactHash,
            ContactCipher = contact is null ? null : cipher.Encrypt(contact),
            AddressHash = Contact.HashAddress(cipher, request.ClientAddress),
            PasswordHash = string.IsNullOrWhiteSpace(request.LookupPassword) ? null : OrderSecrets.Password(cipher, id, request.LookupPassword),
            RequestHash = request.IdempotencyKey is null ? [] : HashOf(request, contact, cipher),
            Buyer = BuyerOf(cipher, request.UserId, contactHash),
        };
    }

    public static byte[] BuyerOf(ITenantCipher cipher, string? userId, byte[]? contactHash) =>
        userId is not null ? cipher.Fingerprint("user:" + userId) : contactHash ?? [];

    // keyed, because the request holds the lookup password; the network address may differ when a phone repeats a request
    private static byte[] HashOf(OrderRequest request, string? contact, ITenantCipher cipher)
    {
        var parts = new List<string>
        {
            contact ?? "", request.LookupPassword?.Trim() ?? "", request.UserId ?? "", request.Culture, request.CouponCode ?? "",
            request.ExpectedTotalMinor?.ToString(CultureInfo.InvariantCulture) ?? "", request.Referral?.Code?.Trim() ?? "",
        };
        foreach (var line in request.Lines)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{line.SkuId}\n{line.Quantity}\n{line.PickedKeyId}"));
            foreach (var (name, value) in line.Fields.OrderBy(f => f.Key, StringComparer.Ordinal))
                parts.Add($"{name}={value}");
        }

        return cipher.Fingerprint(Idempotency.RequestHash.Of([.. parts]));
    }
}
