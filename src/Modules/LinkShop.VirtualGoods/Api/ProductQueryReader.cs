using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;

namespace LinkShop.VirtualGoods.Api;

/// <summary>Makes a query for the catalogue of an address's query; each mistake names its parameter.</summary>
internal static class ProductQueryReader
{
    private const int MaxPage = 1_000_000;
    private const int MaxPageSize = 100;
    private const int MaxSearch = 200;

    public static CommerceResult<ProductQuery> Read(IQueryCollection query)
    {
        var errors = new List<CommerceError>();
        var (category, search, sort) = (Text("category"), Text("search"), Text("sort"));
        var order = ProductSort.Position;
        if (sort is not null && (!Enum.TryParse(sort, ignoreCase: true, out order) || !Enum.IsDefined(order) || sort.Length == 0 || char.IsDigit(sort[0])))
            errors.Add(new(CommerceErrors.Invalid, $"'{sort}' is not one of position, newest, priceUp, priceDown.", "sort"));
        if (search?.Length > MaxSearch)
            errors.Add(new(CommerceErrors.TooLong, $"search has at most {MaxSearch} characters.", "search"));
        var read = new ProductQuery(category, search, false, order, Number("page", 1, MaxPage), Number("pageSize", 24, MaxPageSize));
        return errors.Count > 0 ? CommerceResult<ProductQuery>.Failure(errors) : read;

        string? Text(string name)
        {
            if (query[name].Count > 1)
                errors.Add(new(CommerceErrors.Invalid, $"{name} was given more than once.", name));
            return query[name].Count == 0 ? null : query[name][0];
        }

        int Number(string name, int otherwise, int most)
        {
            if (Text(name) is not { } given || query[name].Count > 1)
                return otherwise;
            if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
                return number;
            errors.Add(new(CommerceErrors.Invalid, $"{name} must be a whole number from 1 to {most}.", name));
            return otherwise;
        }
    }
}
