using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Tests;

/// <summary>What people type is what they mean.</summary>
public sealed class TypedTests
{
    [Theory]
    [InlineData("１２．５０", "12.50")]
    [InlineData("ＷＥＬＣＯＭＥ５", "WELCOME5")]
    [InlineData("ａ＠ｂ．ｃｏｍ　", "a@b.com ")]
    [InlineData("plain, 中文。", "plain, 中文。")]
    [InlineData(null, "")]
    public void Full_width_forms_are_the_plain_characters_that_they_stand_for_and_nothing_else_changes(string? typed, string plain) => Assert.Equal(plain, Typed.Plain(typed));

    [Theory]
    [InlineData("１３８００１３８０００", "13800138000")]
    [InlineData("＋８６ 138-0013-8000", "13800138000")]
    [InlineData("8613800138000", "13800138000")]
    [InlineData("0086 138 0013 8000", "13800138000")]
    [InlineData("0044 20 7946 0018", "+442079460018")]
    [InlineData("861012345678", "861012345678")]
    [InlineData("+08613800138000", null)]
    [InlineData("ｂuyer1@example.com", "buyer1@example.com")]
    [InlineData("a.b+c@例子.公司", "a.b+c@例子.公司")]
    [InlineData("买家@example.com", null)]
    [InlineData("a@b..c", null)]
    [InlineData(".a@b.c", null)]
    [InlineData("a.@b.c", null)]
    [InlineData("a(b)@b.c", null)]
    [InlineData("１２", null)]
    public void A_contact_is_what_can_be_written_to_however_it_was_typed(string typed, string? contact) => Assert.Equal(contact, Contact.Normalize(typed));

    [Fact]
    public void An_amount_in_full_width_digits_is_an_amount() => Assert.Equal(1250, Money.Parse("１２．５０", "CNY").Value.Minor);
}
