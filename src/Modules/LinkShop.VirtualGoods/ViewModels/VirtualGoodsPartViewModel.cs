using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace LinkShop.VirtualGoods.ViewModels;

public class VirtualGoodsPartViewModel
{
    /// <summary>Why the checkout refused what was published last; null when it didn't.</summary>
    [BindNever]
    public string? Refused { get; set; }

    public string? CategoryId { get; set; }

    public string? MerchantId { get; set; }

    public string? Summary { get; set; }

    public string Currency { get; set; } = "CNY";

    public List<PictureRow> Pictures { get; set; } = [];

    /// <summary>Path of the main picture.</summary>
    public string? MainPicture { get; set; }

    /// <summary>New pictures.</summary>
    public List<IFormFile> Upload { get; set; } = [];

    public bool Featured { get; set; }

    public int Position { get; set; }

    /// <summary>Native name of the language that texts without one of their own are in.</summary>
    [BindNever]
    public string Home { get; set; } = "";

    public List<TranslationRow> Translations { get; set; } = [];

    public List<SkuRow> Skus { get; set; } = [];

    public List<BuyerFieldRow> BuyerFields { get; set; } = [];

    /// <summary>Who may earn by it besides the shop itself; the field is left out when nobody.</summary>
    [BindNever]
    public IReadOnlyList<SelectListItem> Merchants { get; set; } = [];

    [BindNever]
    public IReadOnlyList<SelectListItem> Categories { get; set; } = [];

    [BindNever]
    public IReadOnlyList<SelectListItem> Pools { get; set; } = [];
}

/// <summary>A picture that the product has.</summary>
public class PictureRow
{
    /// <summary>Its path in the media store.</summary>
    public string? Path { get; set; }

    public bool Remove { get; set; }

    [BindNever]
    public string Url { get; set; } = "";
}

public class TranslationRow
{
    public string Culture { get; set; } = "";

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Body { get; set; }
}

/// <summary>A variant as the form has it: money and tiers are text, so that what was typed comes back when it's wrong.</summary>
public class SkuRow
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public Dictionary<string, string?> Names { get; set; } = [];

    public string? Price { get; set; }

    public string? OriginalPrice { get; set; }

    /// <summary>One tier per line: <c>10 = 9.50</c>.</summary>
    public string? Tiers { get; set; }

    public int MinPerOrder { get; set; } = 1;

    public int MaxPerOrder { get; set; } = 100;

    public int? MaxPerBuyer { get; set; }

    public int? MaxPerAddress { get; set; }

    public DeliveryKind Delivery { get; set; } = DeliveryKind.CardKey;

    public bool PerUnit { get; set; }

    /// <summary>Bought from a supplier: how it is delivered is no choice.</summary>
    [BindNever]
    public bool IsSupplied { get; set; }


    public long? PoolId { get; set; }

    public KeyPickOrder PickOrder { get; set; }

    public string? PickSurcharge { get; set; }

    /// <summary>Empty keeps what is stored.</summary>
    public string? DeliveryText { get; set; }

    public bool OnSale { get; set; } = true;

    public bool Removed { get; set; }

    [BindNever]
    public bool HasDeliveryText { get; set; }

    public bool IsBlank => Removed || (string.IsNullOrWhiteSpace(Id) && string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Price));
}

public class BuyerFieldRow
{
    public string? Name { get; set; }

    public BuyerFieldKind Kind { get; set; } = BuyerFieldKind.Text;

    public bool Required { get; set; }

    public bool Secret { get; set; }

    public int MinLength { get; set; }

    public int MaxLength { get; set; } = 200;

    public string? Pattern { get; set; }

    /// <summary>One choice per line.</summary>
    public string? Choices { get; set; }

    public Dictionary<string, string?> Labels { get; set; } = [];

    public bool Removed { get; set; }

    public bool IsBlank => Removed || string.IsNullOrWhiteSpace(Name);
}
