using LinkShop.Cms.Content.Data;
using YesSql.Indexes;
using YesSql.Sql;

namespace LinkShop.Cms.Tests.Content;

/// <summary>A document for tests.</summary>
public sealed class Goods
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public int Price { get; set; }

    public string Kind { get; set; } = "card";

    public DateTime? Since { get; set; }

    public List<string> Tags { get; set; } = [];
}

public sealed class GoodsIndex : MapIndex
{
    public string Name { get; set; } = "";

    public int Price { get; set; }

    public DateTime? Since { get; set; }
}

public sealed class GoodsTagIndex : MapIndex
{
    public string Tag { get; set; } = "";

    public int Price { get; set; }
}

public sealed class GoodsByKind : ReduceIndex
{
    public string Kind { get; set; } = "";

    public int Count { get; set; }

    public int Total { get; set; }
}

internal sealed class GoodsIndexProvider : IndexProvider<Goods>
{
    public override void Describe(DescribeContext<Goods> context)
    {
        context.For<GoodsIndex>().When(goods => goods.Kind != "hidden")
            .Map(goods => new GoodsIndex { Name = goods.Name, Price = goods.Price, Since = goods.Since });
        context.For<GoodsTagIndex>()
            .Map(goods => goods.Tags.Select(tag => new GoodsTagIndex { Tag = tag, Price = goods.Price }));
        context.For<GoodsByKind>()
            .Map(goods => new GoodsByKind { Kind = goods.Kind, Count = 1, Total = goods.Price })
            .Group(index => index.Kind)
            .Reduce(group => new GoodsByKind { Kind = group.Key, Count = group.Sum(x => x.Count), Total = group.Sum(x => x.Total) })
            .Delete((index, removed) =>
            {
                index.Count -= removed.Sum(x => x.Count);
                index.Total -= removed.Sum(x => x.Total);
                return index.Count > 0 ? index : null;
            });
    }

    public static async Task CreateTablesAsync(SqlSchemaBuilder schema)
    {
        await schema.CreateMapIndexTableAsync<GoodsIndex>(table => table
            .Column<string>("Name", column => column.WithLength(50))
            .Column<int>("Price")
            .Column<DateTime?>("Since"));
        await schema.AlterIndexTableAsync<GoodsIndex>(table => table.CreateIndex("IDX_GoodsIndex_Price", "Price"));
        await schema.CreateMapIndexTableAsync<GoodsTagIndex>(table => table.Column<string>("Tag").Column<int>("Price"));
        await schema.CreateReduceIndexTableAsync<GoodsByKind>(table => table.Column<string>("Kind").Column<int>("Count").Column<int>("Total"));
    }
}
