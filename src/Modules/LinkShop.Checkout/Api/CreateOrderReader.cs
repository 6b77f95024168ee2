using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Checkout.Api;

/// <summary>Makes an <see cref="OrderRequest"/> of the API's JSON. Only the form is checked here; the meaning is checked by ordering.</summary>
internal static class CreateOrderReader
{
    private const int MaxReferral = 500;
    private static readonly Dictionary<string, string> s_noFields = [];

    /// <exception cref="JsonException">The text isn't JSON, or has another shape.</exception>
    public static CommerceResult<OrderRequest> Read(ReadOnlySpan<byte> json, string? idempotencyKey, string? address)
    {
        var body = JsonSerializer.Deserialize(json, ApiJson.Default.CreateOrderBody);
        if (body?.Lines is not { Count: > 0 } given)
        {
            return new CommerceError(CommerceErrors.Required, "An order needs at least one line.", "lines");
        }

        var errors = default(List<CommerceError>);
        var lines = new OrderLineRequest[given.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            if (given[i] is not { SkuId: { Length: > 0 } sku } line)
            {
                (errors ??= []).Add(new CommerceError(CommerceErrors.Required, "A line needs the id of a variant.", $"lines[{i}].skuId"));
                continue;
            }

            lines[i] = new OrderLineRequest
            {
                SkuId = sku,
                Quantity = line.Quantity ?? 1,
                PickedKeyId = line.PickedKeyId,
                Fields = ReadFields(line.Fields, i, ref errors),
            };
        }

        if (body.Culture is not (null or "zh-CN" or "en"))
        {
            (errors ??= []).Add(new CommerceError(CommerceErrors.Invalid, "The culture must be zh-CN or en.", "culture"));
        }

        if (body.ReferralCode is { Length: > MaxReferral })
        {
            (errors ??= []).Add(new CommerceError(CommerceErrors.TooLong, $"The code may have {MaxReferral} characters.", "referralCode"));
        }

        return errors is not null ? CommerceResult<OrderRequest>.Failure(errors) : new OrderRequest
        {
            Lines = lines,
            Contact = body.Contact,
            LookupPassword = body.LookupPassword,
            CouponCode = body.CouponCode,
            Referral = string.IsNullOrWhiteSpace(body.ReferralCode) ? null : new ReferralTouches { Code = body.ReferralCode.Trim() },
            Culture = body.Culture ?? "zh-CN",
            ExpectedTotalMinor = body.ExpectedTotalMinor,
            IdempotencyKey = idempotencyKey,
            ClientAddress = address,
        };
    }

    private static Dictionary<string, string> ReadFields(Dictionary<string, string?>? fields, int line, ref List<CommerceError>? errors)
    {
        if (fields is null || fields.Count == 0)
        {
            return s_noFields;
        }

        var read = new Dictionary<string, string>(fields.Count);
        foreach (var (name, value) in fields)
        {
            if (value is null)
            {
                (errors ??= []).Add(new CommerceError(CommerceErrors.Invalid, "A field's value must be a text; leave it out instead.", $"lines[{line}].fields.{name}"));
            }
            else
            {
                read[name] = value;
            }
        }

        return read;
    }
}
