using YesSql.Indexes;

namespace LinkShop.VirtualGoods.Models;

/// <summary>
/// Says that a product changed and its offers must be made known to ordering. Saved in the transaction of the change, deleted when it's done: content and
/// commerce share no transaction, so this is what makes the hand-over reliable.
/// </summary>
internal sealed class OfferProjectionRequest
{
    public long Id { get; set; }

    public string ContentItemId { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    /// <summary>Why ordering refused the product as it is published; null while that isn't known. Such a request stays, for people to see, and is tried again.</summary>
    public string? Refused { get; set; }
}

internal sealed class OfferProjectionRequestIndex : MapIndex
{
    public string ContentItemId { get; set; } = "";

    public DateTime CreatedUtc { get; set; }
}

internal sealed class OfferProjectionRequestIndexProvider : IndexProvider<OfferProjectionRequest>
{
    public override void Describe(DescribeContext<OfferProjectionRequest> context) => context.For<OfferProjectionRequestIndex>()
        .Map(request => new OfferProjectionRequestIndex { ContentItemId = request.ContentItemId, CreatedUtc = request.CreatedUtc });
}
