namespace LinkShop.VirtualGoods.Services;

/// <summary>Told when what buyers see of a product has changed and ordering knows it: caches and indexes hang on here.</summary>
public interface IProductChanged
{
    /// <summary>A product was published, taken off or removed.</summary>
    /// <param name="productId">Content item id.</param>
    Task ChangedAsync(string productId);
}
