using LinkShop.Cms.Shell.Localization;

namespace LinkShop.Cms.Tests.Shell;

public sealed class PoTests
{
    [Fact]
    public void Texts_over_lines_escapes_contexts_and_plurals_are_read()
    {
        var entries = Parse("""
            # a comment
            msgid ""
            msgstr "Language: zh-CN\n"

            #: somewhere
            msgctxt "Some.Type"
            msgid "Hello"
            msgstr "你好，"
            "世界"

            msgid "Say \"hi\"\n"
            msgstr "说\"嗨\"\n"
            msgid "{0} key"
            msgid_plural "{0} keys"
            msgstr[0] "{0} 个卡密"
            msgid "untranslated"
            msgstr ""
            #, fuzzy
            msgid "doubtful"
            msgstr "可疑"
            msgid "sure"
            msgstr "确定"
            """);
        Assert.Equal(
            [new("Some.Type", "Hello", "你好，世界"), new(null, "Say \"hi\"\n", "说\"嗨\"\n"), new(null, "{0} key", "{0} 个卡密"), new(null, "sure", "确定")],
            entries);
    }

    [Theory]
    [InlineData("msgid \"a\"\nmsgstr b", "x.po, line 2")]
    [InlineData("\"a\"", "x.po, line 1")]
    [InlineData("msgid \"a\"\nmsgfoo \"b\"", "msgfoo")]
    public void A_broken_file_is_refused_by_line(string text, string words)
        => Assert.Contains(words, Assert.Throws<FormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_context_goes_first_then_the_text_alone_then_the_source()
    {
        var translations = new Translations([new("A", "Hello", "一"), new(null, "Hello", "二")]);
        Assert.Equal("一", translations.Find("A", "Hello").Value);
        Assert.Equal("二", translations.Find("B", "Hello").Value);
        Assert.True(translations.Find("A", "Other").ResourceNotFound);
        Assert.Equal("Other", translations.Find("A", "Other").Value);
    }

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        var translations = new Translations([new(null, "Hello", "你好")]);
        translations.Find("A", "missing");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            translations.Find("A", "Hello");
            translations.Find("A", "missing");
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", null)]
    public void A_language_finds_the_supported_culture_of_it(string asked, string? found)
        => Assert.Equal(found, CultureSet.Parse("zh-CN,en", "zh-CN").Find(asked)?.Name);

    private static List<PoEntry> Parse(string text) => PoParser.Parse(new StringReader(text), "x.po");
}
