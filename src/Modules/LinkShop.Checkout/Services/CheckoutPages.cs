using System.Globalization;
using LinkShop.Checkout.ViewModels;
using LinkShop.Http;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LinkShop.Checkout.Services;

/// <summary>Collects what the checkout page shows.</summary>
public sealed class CheckoutPages(
    IOfferCatalog offers, IOrdering ordering, IKeyPools pools, PaymentChoices payments, ICredits credits, CheckoutPolicy policy, OrderCookie cookie, ReferralCookie shared, IReferralProgram referrals,
    IReferralLinks links, CommerceMessages messages, TenantScope scope)
{
    private const int PicksPerPage = 60;
    private const int MaxPickPages = 1000;

    /// <summary>The page for a form; what can't be priced is added to the model state.</summary>
    public async Task<CheckoutViewModel> BuildAsync(Offer offer, CheckoutForm form, HttpContext context, ModelStateDictionary modelState)
    {
        form.Quantity = form.Quantity == 0 ? offer.Limits.MinPerOrder : form.Quantity;
        form.Key = CommerceId.New(TimeProvider.System);
        var request = await ToRequestAsync(form, context);
        // whether this buyer has used a coupon is known only when they order: it counted in the total until it was refused
        if (modelState.TryGetValue(nameof(CheckoutForm.Coupon), out var coupon) && coupon.Errors.Count > 0)
            request = request with { CouponCode = null };
        var quote = await ordering.QuoteAsync(scope, request, context.RequestAborted);
        if (!quote.Succeeded)
        {
            foreach (var error in quote.Errors.Where(e => IsPricing(e.Field) && !modelState.ContainsKey(FieldOf(e.Field))))
            {
                modelState.AddModelError(FieldOf(error.Field), messages.Of(error));
            }

            // a coupon that isn't good must not hide what the order costs without it
            if (quote.Errors.Any(e => e.Field == "couponCode"))
                quote = await ordering.QuoteAsync(scope, request with { CouponCode = null }, context.RequestAborted);
        }

        form.ExpectedTotal = quote.Succeeded ? quote.Value.Total.Minor : null;
        var available = await offers.GetAvailableAsync(scope, [offer.SkuId], context.RequestAborted);
        var snapshot = GoodsSnapshot.Of(offer.SnapshotJson);
        return new CheckoutViewModel
        {
            Offer = offer,
            Form = form,
            Quote = quote.Succeeded ? quote.Value : null,
            Available = available.TryGetValue(offer.SkuId, out var left) ? left : 0,
            Picks = await PicksAsync(offer, form, context.RequestAborted),
            Providers = await payments.ListAsync(),
            SignedIn = OrderGate.UserId(context) is not null,
            Unpaid = await ordering.FindUnpaidAsync(scope, offer.SkuId, cookie.All(context), OrderGate.UserId(context), context.RequestAborted),
            HasCredit = quote.Succeeded && await HasCreditAsync(quote.Value.Total, context),
            Referral = await ReferralAsync(form, context),
            ReservationMinutes = await policy.ReservationMinutesAsync(),
            Picture = snapshot.Picture,
            Title = snapshot.TitleOf(offer, CultureInfo.CurrentUICulture),
            Variant = snapshot.VariantOf(offer, CultureInfo.CurrentUICulture),
        };
    }

    /// <summary>What ordering is asked for.</summary>
    public async ValueTask<OrderRequest> ToRequestAsync(CheckoutForm form, HttpContext context) => new()
    {
        Policy = await policy.ForOrderAsync(),
        Lines =
        [
            new OrderLineRequest
            {
                SkuId = form.Sku ?? "",
                Quantity = form.Quantity,
                PickedKeyId = form.Pick,
                Fields = form.Fields.Where(f => !string.IsNullOrWhiteSpace(f.Value)).ToDictionary(f => f.Key, f => f.Value!),
            },
        ],
        Contact = form.Contact,
        LookupPassword = form.LookupPassword,
        UserId = OrderGate.UserId(context),
        ClientAddress = context.Connection.RemoteIpAddress?.ToString(),
        Culture = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en",
        CouponCode = string.IsNullOrWhiteSpace(form.Coupon) ? null : form.Coupon.Trim(),
        Referral = shared.Touches(context, form.Referral),
        ExpectedTotalMinor = form.ExpectedTotal,
        IdempotencyKey = string.IsNullOrEmpty(form.Key) ? null : "page-" + form.Key,
    };

    /// <summary>The form's name of a field of the request.</summary>
    public static string FieldOf(string? field) => field switch
    {
        null => "",
        "contact" => nameof(CheckoutForm.Contact),
        "lookupPassword" => nameof(CheckoutForm.LookupPassword),
        "couponCode" => nameof(CheckoutForm.Coupon),
        "lines[0].quantity" => nameof(CheckoutForm.Quantity),
        "lines[0].pickedKeyId" => nameof(CheckoutForm.Pick),
        _ when field.StartsWith("lines[0].fields.", StringComparison.Ordinal) => $"Fields[{field["lines[0].fields.".Length..]}]",
        _ => "",
    };

    private async Task<ReferralEntry?> ReferralAsync(CheckoutForm form, HttpContext context)
    {
        if (await referrals.FindAsync(scope, context.RequestAborted) is not { Enabled: true })
            return null;
        if (!string.IsNullOrWhiteSpace(form.Referral))
            return new(await links.ResolveAsync(scope, form.Referral, context.RequestAborted) is not null, null);
        var latest = shared.LatestLink(context) is { } id ? await links.FindAsync(scope, id, context.RequestAborted) : null;
        return new(null, latest is { Active: true } ? latest.Code : null);
    }

    private async Task<bool> HasCreditAsync(Money total, HttpContext context) => !total.IsZero && OrderGate.UserId(context) is { } user
        && (await credits.StandingsAsync(scope, user, context.RequestAborted)).Any(c => c.Available.Currency == total.Currency && c.Available >= total);

    // While the form is still being filled in, only what the price depends on is a mistake.
    private static bool IsPricing(string? field) =>
        field is null or "couponCode" or "lines[0].quantity" or "lines[0].pickedKeyId" or "lines[0].skuId";

    private async Task<PickList> PicksAsync(Offer offer, CheckoutForm form, CancellationToken cancellationToken)
    {
        if (offer is not { PickSurchargeMinor: not null, PoolId: { } pool })
            return PickList.None;
        form.PickPage = Math.Clamp(form.PickPage, 1, MaxPickPages);
        form.PickSearch = string.IsNullOrWhiteSpace(form.PickSearch) ? null : form.PickSearch.Trim();
        var keys = await pools.ListPickableAsync(scope, pool, form.PickSearch, (form.PickPage - 1) * PicksPerPage, PicksPerPage + 1, cancellationToken);
        List<PickableKey> shown = [.. keys.Take(PicksPerPage)];
        // what is picked stays picked while somebody looks further
        var chosen = form.Pick is { } pick && !shown.Exists(key => key.Id == pick) ? await pools.FindPickableAsync(scope, pool, pick, cancellationToken) : null;
        return new PickList(shown, chosen, keys.Count > PicksPerPage && form.PickPage < MaxPickPages);
    }
}
