using System.Buffers;
using System.Text;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Display.Shapes;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Shapes;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Tests.Display;

public sealed class ShapeTests
{
    [Theory]
    [InlineData("/Views/ProductPart.cshtml", "ProductPart")]
    [InlineData("/Views/ProductPart.Edit.cshtml", "ProductPart_Edit")]
    [InlineData("/Views/ProductPart-Game.cshtml", "ProductPart__Game")]
    [InlineData("/Views/Content-Product.Summary.cshtml", "Content_Summary__Product")]
    [InlineData("/Views/Items/Content.Summary.cshtml", "Content_Summary")]
    [InlineData("/Views/Parts/Title.cshtml", "Parts_Title")]
    [InlineData("/Views/Fields/Text-Long.Edit.cshtml", "Fields_Text_Edit__Long")]
    [InlineData("/Views/_ViewImports.cshtml", null)]
    [InlineData("/Views/Home/Index.cshtml", null)]
    public void Template_files_name_their_shape_type(string path, string? expected) => Assert.Equal(expected, TemplateNames.Find(path));

    [Theory]
    [InlineData("1", "2", -1)]
    [InlineData("2", "10", -1)]
    [InlineData("1.5", "1.10", -1)]
    [InlineData("1", "1.1", -1)]
    [InlineData("before", "1", -1)]
    [InlineData("after", "99", 1)]
    [InlineData(null, "1", -1)]
    [InlineData(null, "0", 0)]
    [InlineData("5", "5", 0)]
    public void Places_are_compared_number_by_number(string? left, string? right, int expected)
    {
        Assert.Equal(expected, Math.Sign(FlatPositionComparer.Instance.Compare(left, right)));
        Assert.Equal(-expected, Math.Sign(FlatPositionComparer.Instance.Compare(right, left)));
    }

    [Fact]
    public void A_place_has_zones_position_tab_group_card_and_column()
    {
        var placement = new PlacementInfo { Location = "/Main.Inner:1.5#Price@checkout%More|Left" };
        Assert.True(placement.IsLayoutZone());
        Assert.Equal(["Main", "Inner"], placement.GetZones());
        Assert.Equal("1.5", placement.GetPosition());
        Assert.Equal("Price", placement.GetTab());
        Assert.Equal("checkout", placement.GetGroup());
        Assert.Equal("More", placement.GetCard());
        Assert.Equal("Left", placement.GetColumn());
        Assert.True(new PlacementInfo { Location = "-" }.IsHidden());
    }

    [Fact]
    public async Task Zones_come_into_being_when_something_is_added()
    {
        var layout = new ZoneHolding(() => new(new Shape()));
        Assert.False(layout.Zones.IsNotEmpty("Content"));
        Assert.True(layout.Zones["Content"].IsNullOrEmpty());
        await layout.Zones["Content"].AddAsync("second", "2");
        await layout.Zones["Content"].AddAsync("first", "1");
        Assert.True(layout.Zones.IsNotEmpty("Content"));
        Assert.Equal("1", layout.Zones["Content"].Items[0].Position);
        dynamic open = layout;
        Assert.Same(layout.Zones["Content"], (IShape)open.Content);
    }

    public class PlainModel
    {
        public string Id { get; set; } = "mine";

        public int Number { get; set; }
    }

    [Fact]
    public void Any_public_view_model_can_be_a_shape_and_keeps_its_own_members()
    {
        var shape = ShapeProxies.Create(typeof(PlainModel));
        var model = Assert.IsAssignableFrom<PlainModel>(shape);
        model.Number = 7;
        shape.Id = "the shape's";
        shape.Metadata.Type = "Plain";
        Assert.Equal(("mine", 7, "the shape's", "Plain"), (model.Id, model.Number, shape.Id, shape.Metadata.Type));
        Assert.NotSame(shape.Metadata, ShapeProxies.Create(typeof(PlainModel)).Metadata);
    }

    [Fact]
    public void A_sealed_view_model_is_refused_with_the_reason() =>
        Assert.Contains("not sealed", Assert.Throws<InvalidOperationException>(() => ShapeProxies.Create(typeof(SealedModel))).Message);

    [Fact]
    public void A_buffer_gives_back_every_character_also_where_its_blocks_meet()
    {
        // Every block border falls into a pair of surrogates for one of these offsets.
        for (var offset = 0; offset < 3; offset++)
        {
            var text = new string('x', offset) + string.Concat(Enumerable.Repeat("😀中a", 20_000));
            using var buffer = new HtmlBuffer();
            foreach (var rune in text.EnumerateRunes())
                buffer.Write(rune.ToString());

            buffer.Write(text);
            var output = new ArrayBufferWriter<byte>();
            buffer.WriteUtf8(output);
            Assert.Equal(text + text, Encoding.UTF8.GetString(output.WrittenSpan));
            Assert.Equal(output.WrittenCount, buffer.Utf8Length());
            Assert.Equal(text + text, buffer.ToString());
            buffer.Release();
        }
    }

    public sealed class SealedModel;
}
