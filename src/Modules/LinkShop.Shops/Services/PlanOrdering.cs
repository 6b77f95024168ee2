using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Shops;

namespace LinkShop.Shops.Services;

/// <summary>Takes no order for a plan of a shop that isn't there: nobody pays for an address that is mistyped. The order says the shop's address, however it was typed.</summary>
internal sealed class PlanOrdering(IOrdering inner, IShopPlans plans, PlanShops shops) : OrderingDoor(inner)
{
    public override async Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default)
    {
        var skus = (await plans.ListAsync(scope, cancellationToken)).SelectMany(plan => new[] { plan.MonthSku, plan.YearSku }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // what isn't well formed is refused by who knows better
        if (request.Lines?.Any(line => line is not null && skus.Contains(line.SkuId)) != true)
            return await Inner.CreateAsync(scope, request, cancellationToken);
        var (lines, errors) = (request.Lines.ToList(), new List<CommerceError>());
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { } line || !skus.Contains(line.SkuId))
                continue;
            var typed = line.Fields.GetValueOrDefault(PlanShops.Field);
            if (await shops.FindAsync(typed, cancellationToken) is { } shop)
                lines[i] = line with { Fields = new Dictionary<string, string>(line.Fields) { [PlanShops.Field] = shop.Slug } };
            else
                errors.Add(new CommerceError(string.IsNullOrWhiteSpace(typed) ? CommerceErrors.Required : ShopErrors.NoShop, "There is no shop at this address.", $"lines[{i}].fields.{PlanShops.Field}"));
        }

        return errors.Count > 0 ? CommerceResult<OrderReceipt>.Failure(errors) : await Inner.CreateAsync(scope, request with { Lines = lines }, cancellationToken);
    }
}
