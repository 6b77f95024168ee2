using LinkShop.Commerce;
using LinkShop.Commerce.Resale;
using Microsoft.Extensions.Localization;

namespace LinkShop.Resale.Services;

/// <summary>Says what is wrong, and what to do about it.</summary>
public sealed class ResaleMessages(IStringLocalizer<ResaleMessages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>A refusal.</summary>
    public string Of(CommerceError error) => error.Code switch
    {
        CommerceErrors.BelowFloor => S["The supplier's lowest price is higher. Raise your price."],
        CommerceErrors.BelowCost => S["This price doesn't cover the supplier's price and the platform's fee. Raise your price."],
        CommerceErrors.NotResellable => S["Only own goods that are delivered by themselves and ask buyers nothing can be resold."],
        CommerceErrors.SupplyOff => Of(SupplyHalt.Plan),
        CommerceErrors.NotFound => error.Field == "skuId" ? S["There is no such variant on sale here."] : S["The supplier doesn't offer this to your shop any more."],
        CommerceErrors.OtherDatabase => S["The supplier's shop and yours are kept in different databases. Ask the platform to bring them together."],
        CommerceErrors.TooLong => S["This is too long."],
        _ => error.Field switch
        {
            "floorMinor" => S["Lowest price: an amount above zero, like 9.80."],
            "suggestedMinor" => S["Suggested price: not below the lowest price."],
            "costMinor" => S["Price for shops: either an amount above zero and not above the lowest price, or a commission."],
            "rateBasisPoints" => S["Commission: 0 to 90 percent."],
            "shops" => S["Name at least one shop, each by its address and not your own."],
            "supplier" => S["Your name for shops: 1 to 100 characters."],
            _ => S["This isn't in the expected form."],
        },
    };

    /// <summary>Why others can't sell a shop's goods.</summary>
    public string Of(SupplyHalt halt) => halt switch
    {
        SupplyHalt.Plan => S["Your plan doesn't let others sell your goods. A higher one does: see Plan in the shop desk."],
        SupplyHalt.Paused => S["Your shop is paused, so others can't sell your goods either. They can again when you open it."],
        _ => S["Your shop is shut, so others can't sell your goods either."],
    };

    /// <summary>Why a listing can't be sold; empty when it can.</summary>
    public string Of(ResaleProblem? problem) => problem switch
    {
        ResaleProblem.Stopped => S["Not available: the supplier has stopped it."],
        ResaleProblem.BelowFloor => S["Not available: your price is below the supplier's lowest price."],
        ResaleProblem.BelowCost => S["Not available: your price doesn't cover the supplier's price and the fee."],
        ResaleProblem.NotPublished => S["Not on sale in your shop."],
        _ => "",
    };

    /// <summary>There is no shop at an address.</summary>
    public string NoShop(string address) => S["There is no shop at the address “{0}”.", address];

    /// <summary>What an amount in a form is wrong about.</summary>
    public string NoAmount(string? typed) => S["“{0}” isn't an amount like 9.80.", typed ?? ""];
}
