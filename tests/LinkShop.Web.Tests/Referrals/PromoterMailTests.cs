using System.Net;
using LinkShop.Commerce.Referrals;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>What promoters are told about reviews: through the desks, the outbox and the mail service.</summary>
[Collection("mall")]
public sealed class PromoterMailTests(MallFixture mall)
{
    private const string Note = "Three accounts, one telephone";
    private const string Decision = "They are one person";
    private const string Answer = "They are three sisters";

    [Theory]
    [InlineData("zh-CN", "正在核查您的推广", "核查决定对您不利", "原决定已撤销")]
    [InlineData("en", "is looking at your promotion", "It was decided against you", "The decision is undone")]
    public async Task A_promoter_is_told_of_a_review_its_decision_and_the_appeals_once_each_in_their_language_without_the_words_of_staff(string language, string opened, string decided, string appealed)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, name) = await mall.UserAsync(admin, "Merchant");
        using var promoter = client;
        var page = await promoter.ReadAsync("/account/promote?culture=" + language);
        Assert.Equal(HttpStatusCode.OK, (await promoter.PostAsync("/account/promote/join", page, ("Name", name), ("Adult", "true"), ("Terms", "true"))).Status);
        var user = mall.Text($"select id from referral_promoter where name = '{name}'");

        await admin.PostAsync("/Admin/Referrals/Network/Open", await admin.ReadAsync("/Admin/Referrals/Network"), ("promoter", user), ("note", Note));
        var id = mall.Text($"select id from referral_case where promoter = '{user}'");
        await ToldAsync(name, opened);
        await admin.PostAsync($"/Admin/Referrals/Cases/Decide/{id}", await admin.ReadAsync("/Admin/Referrals/Cases/Detail/" + id), ("uphold", "true"), ("decision", Decision));
        await ToldAsync(name, opened, decided);
        await promoter.PostAsync("/account/promote/appeal", await promoter.ReadAsync("/account/promote"), ("id", id), ("text", "We are sisters."));
        var (second, _) = await mall.UserAsync(admin, "Administrator");
        using (second)
            await second.PostAsync($"/Admin/Referrals/Cases/DecideAppeal/{id}", await second.ReadAsync("/Admin/Referrals/Cases/Detail/" + id), ("right", "true"), ("decision", Answer));
        await ToldAsync(name, opened, decided, appealed);

        // the same messages come again, as after a crash before they were struck off; behind them one that shows that they were read
        Again(ReferralEvents.CaseOpened, id, false);
        Again(ReferralEvents.CaseDecided, id, false);
        Again(ReferralEvents.CaseDecided, id, true);
        await Eventually.HoldsAsync(() => mall.Stored($"select count(*) from outbox where payload like '%{id}%'") == 0, () => "messages wait");
        await ToldAsync(name, opened, decided, appealed);
        foreach (var mail in MailsTo(name))
        {
            Assert.Contains("/account/promote", mail, StringComparison.Ordinal);
            foreach (var words in new[] { Note, Decision, Answer, "sisters", id })
                Assert.DoesNotContain(words, mail, StringComparison.Ordinal);
        }
    }

    private void Again(string type, string id, bool appeal) => mall.Text($$"""
        insert into outbox (tenant, type, payload, created_at, due_at) select tenant, '{{type}}', '{"caseId":"{{id}}","appeal":{{(appeal ? "true" : "false")}}}', 1, 1 from referral_case where id = '{{id}}'
        """);

    /// <summary>Waits until there are as many mails, and looks that there is one with each text.</summary>
    private async Task ToldAsync(string name, params string[] texts)
    {
        await Eventually.HoldsAsync(() => MailsTo(name).Count >= texts.Length, () => $"{MailsTo(name).Count} mails of {texts.Length}");
        var mails = MailsTo(name);
        Assert.Equal(texts.Length, mails.Count);
        foreach (var text in texts)
            Assert.Single(mails, mail => mail.Contains(text, StringComparison.Ordinal));
    }

    private List<string> MailsTo(string name)
    {
        var folder = Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(ShopMailTests.TextOf).Where(mail => mail.Contains("To: " + name + "@test.example", StringComparison.Ordinal))] : [];
    }
}
