using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using LinkShop.Http;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The page about one coupon.</summary>
/// <param name="Coupon">As it is; null for a new one.</param>
/// <param name="Form">As it shall be.</param>
/// <param name="Choices">What it can be narrowed down to.</param>
public sealed record CouponPage(Coupon? Coupon, CouponForm Form, CouponChoices Choices);

/// <summary>What a coupon can be narrowed down to.</summary>
/// <param name="Goods">Variants by code, with the names that the reader knows.</param>
/// <param name="AndMore">Whether there are more of them.</param>
/// <param name="Categories">Categories by id.</param>
/// <param name="Currencies">Currencies that the goods are sold in.</param>
public sealed record CouponChoices(IReadOnlyList<(string Id, string Name)> Goods, bool AndMore, IReadOnlyList<(string Id, string Name)> Categories, IReadOnlyList<string> Currencies);

/// <summary>The form of a coupon; amounts as a person types them.</summary>
public sealed class CouponForm
{
    public string? Code { get; set; }

    public CouponKind Kind { get; set; } = CouponKind.Fixed;

    public string? Currency { get; set; } = "CNY";

    /// <summary>An amount, or a percentage up to two decimals.</summary>
    public string? Value { get; set; }

    public string? Cap { get; set; }

    public string? Minimum { get; set; }

    /// <summary>Codes of variants that were ticked.</summary>
    public List<string> Skus { get; set; } = [];

    /// <summary>Further ones as they were typed.</summary>
    public string? MoreSkus { get; set; }

    /// <summary>Ids of categories.</summary>
    public List<string> Categories { get; set; } = [];

    /// <summary>In the site's time zone.</summary>
    public DateTime? ValidUntil { get; set; }

    public int? MaxUses { get; set; }

    public int? MaxUsesPerBuyer { get; set; }

    /// <summary>The version that whoever changes it has seen.</summary>
    public int Version { get; set; }

    /// <summary>The form of what may change of a coupon.</summary>
    /// <param name="coupon">The coupon.</param>
    /// <param name="timeZoneId">The site's time zone.</param>
    public static CouponForm Of(Coupon coupon, string? timeZoneId) => new()
    {
        Code = coupon.Code,
        Kind = coupon.Kind,
        Currency = coupon.Currency,
        Minimum = coupon.MinimumMinor == 0 ? null : new Money(coupon.MinimumMinor, coupon.Currency).ToDecimalString(),
        Skus = [.. coupon.SkuIds],
        Categories = [.. coupon.CategoryIds],
        ValidUntil = Shown(coupon, timeZoneId),
        MaxUses = coupon.MaxUses,
        MaxUsesPerBuyer = coupon.MaxUsesPerBuyer,
        Version = coupon.Version,
    };

    /// <summary>The coupon as the form says, or what is wrong.</summary>
    /// <param name="coupon">The coupon as it is.</param>
    /// <param name="timeZoneId">The site's time zone.</param>
    public CommerceResult<Coupon> Change(Coupon coupon, string? timeZoneId)
    {
        var errors = new List<CommerceError>();
        var changed = coupon with
        {
            MinimumMinor = Amount(Minimum, coupon.Currency, "minimum", errors) ?? 0,
            SkuIds = [.. Skus.Union(Split(MoreSkus), StringComparer.Ordinal)],
            CategoryIds = [.. Categories],
            // the field knows no seconds: who doesn't touch it changes nothing
            ValidUntil = ValidUntil == Shown(coupon, timeZoneId) ? coupon.ValidUntil : End(timeZoneId, errors),
            MaxUses = MaxUses,
            MaxUsesPerBuyer = MaxUsesPerBuyer,
            Version = Version,
        };
        return errors.Count > 0 ? CommerceResult<Coupon>.Failure(errors) : changed;
    }

    /// <summary>The coupon, or what is wrong.</summary>
    /// <param name="timeZoneId">The site's time zone.</param>
    public CommerceResult<Coupon> ToCoupon(string? timeZoneId)
    {
        var currency = Currency?.Trim().ToUpperInvariant() ?? "";
        if (!Currencies.IsKnown(currency))
        {
            // amounts can't be read without it
            return new CommerceError(CommerceErrors.Invalid, "The currency isn't an ISO 4217 code.", "currency");
        }

        var errors = new List<CommerceError>();
        var percent = 0;
        if (Kind == CouponKind.Percentage)
        {
            if (!decimal.TryParse(Typed.Plain(Value).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) || given is <= 0 or > 100 || given * 100 != decimal.Truncate(given * 100))
            {
                errors.Add(new CommerceError(CommerceErrors.Invalid, "A percentage from 0.01 to 100.", "value"));
            }
            else
            {
                percent = (int)(given * 100);
            }
        }

        var coupon = new Coupon
        {
            Code = Code?.Trim() ?? "",
            Kind = Kind,
            Currency = currency,
            AmountMinor = Kind == CouponKind.Fixed ? Amount(Value, currency, "value", errors) ?? 0 : 0,
            BasisPoints = percent,
            CapMinor = Kind == CouponKind.Percentage ? Amount(Cap, currency, "cap", errors) : null,
            MinimumMinor = Amount(Minimum, currency, "minimum", errors) ?? 0,
            SkuIds = [.. Skus.Union(Split(MoreSkus), StringComparer.Ordinal)],
            CategoryIds = [.. Categories],
            ValidUntil = End(timeZoneId, errors),
            MaxUses = MaxUses,
            MaxUsesPerBuyer = MaxUsesPerBuyer,
        };
        return errors.Count > 0 ? CommerceResult<Coupon>.Failure(errors) : coupon;
    }

    /// <summary>The form's name of a coupon's field.</summary>
    public static string FieldOf(string? field) => field switch
    {
        "code" => nameof(Code),
        "value" or "amountMinor" or "basisPoints" or "amount" => nameof(Value),
        "cap" or "capMinor" => nameof(Cap),
        "minimum" or "minimumMinor" => nameof(Minimum),
        "currency" => nameof(Currency),
        "maxUses" => nameof(MaxUses),
        "maxUsesPerBuyer" => nameof(MaxUsesPerBuyer),
        "validUntil" or "validFrom" => nameof(ValidUntil),
        _ when field?.StartsWith("skuIds", StringComparison.Ordinal) == true => nameof(MoreSkus),
        _ when field?.StartsWith("categoryIds", StringComparison.Ordinal) == true => nameof(Categories),
        _ => "",
    };

    private static long? Amount(string? text, string currency, string field, List<CommerceError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var money = Money.Parse(text, currency, field, CultureInfo.InvariantCulture);
        errors.AddRange(money.Errors);
        return money.Succeeded ? money.Value.Minor : null;
    }

    private DateTimeOffset? End(string? timeZoneId, List<CommerceError> errors)
    {
        var end = ValidUntil is { } typed ? LocalTime.Read(timeZoneId, typed) : null;
        if (ValidUntil is not null && end is null)
        {
            errors.Add(new CommerceError(CommerceErrors.Invalid, "A date from 1970 to 9998.", "validUntil"));
        }

        return end;
    }

    private static DateTime? Shown(Coupon coupon, string? timeZoneId) =>
        coupon.ValidUntil is { } end && LocalTime.In(timeZoneId, end).DateTime is var local ? local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)) : null;

    private static string[] Split(string? text) =>
        text?.Split([',', '\n', '\r', ' ', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
