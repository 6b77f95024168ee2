using System.Globalization;
using System.Text;

namespace LinkShop.Commerce.Referrals;

/// <summary>Words that tell an unlawful plan, in both scripts. Spaces, punctuation, width, case, marks and letters of other scripts that look the same don't hide them.</summary>
internal static class ReferralWords
{
    // 禁止传销条例 and what schemes call their bonuses; see the reference's linter list
    private static readonly string[] s_labels =
    [
        "静态收益", "靜態收益", "动态收益", "動態收益", "直推", "层推", "層推", "对碰", "對碰", "见点", "見點", "领导奖", "領導獎", "培育奖", "培育獎", "报单", "報單", "管理奖", "管理獎", "小区业绩", "小區業績",
        "团队计酬", "團隊計酬", "团队奖", "團隊獎", "加权分红", "加權分紅", "级差奖", "級差獎", "极差奖", "極差獎", "weighteddividend", "teambonus",
        "binarybonus", "matchingbonus", "leadershipbonus", "generationbonus", "downlinebonus", "recruitmentbonus", "headcountbonus",
    ];

    private static readonly string[] s_income =
    [
        "躺赚", "躺賺", "日入", "月入", "日赚", "日賺", "月赚", "月賺", "轻松赚", "輕鬆賺", "稳赚", "穩賺", "包赚", "包賺", "保本", "暴富", "财务自由", "財務自由", "被动收入", "被動收入",
        "guaranteedincome", "passiveincome", "getrich", "financialfreedom", "unlimitedincome", "earnupto", "quityourjob",
    ];

    private static readonly string[] s_rebate = ["全返", "全额返", "全額返", "消费全免", "消費全免", "fullrebate", "fullcashback", "100%cashback", "100%rebate"];

    public static readonly string[] Recruits = ["child", "downline", "team", "recruit", "descendant", "subordinate", "invite", "referredpromoter", "group", "branch", "leg", "下级", "下級", "下线", "下線", "团队", "團隊", "发展", "人头", "人頭"];
    public static readonly string[] Purchases = ["purchase", "bought", "buy", "deposit", "stock", "inventory", "spend", "fee", "package", "topup", "ownorder", "membership", "consum", "paid", "购买", "購買", "消费", "消費", "押金", "囤货", "入门", "充值"];
    public static readonly string[] Joining = ["join", "register", "signup", "invite", "invitation", "role", "recruit", "headcount", "activate", "upgrade"];
    public static readonly string[] Entry = ["entrypurchase", "firstpackage", "recruitpurchase", "package", "activationorder"];

    /// <summary>The label that a text has in it, or null.</summary>
    public static string? Label(string? text) => Found(text, s_labels);

    /// <summary>The promise of income that a text has in it, or null.</summary>
    public static string? Income(string? text) => Found(text, s_income);

    /// <summary>The promise of a full rebate that a text has in it, or null.</summary>
    public static string? Rebate(string? text) => Found(text, s_rebate);

    /// <summary>What a text that others see has in it of all these, or null.</summary>
    public static string? Claim(string? text) => Label(text) ?? Income(text) ?? Rebate(text);

    /// <summary>Whether one of the words is in a name.</summary>
    public static bool Has(string? text, string[] words) => Found(text, words) is not null;

    private static string? Found(string? text, string[] words)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var plain = Plain(text);
        // as it is written, as it is read, and as it is read with digits for letters
        var read = LookAlikes.Read(text);
        string[] readings = [plain, read, .. LookAlikes.WithoutDigits(plain), .. LookAlikes.WithoutDigits(read)];
        return words.FirstOrDefault(w => readings.Any(r => r.Contains(w, StringComparison.Ordinal)));
    }

    /// <summary>Letters, digits and percent signs alone, in one case and width.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) || c == '%')
                plain.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return plain.ToString();
    }
}
