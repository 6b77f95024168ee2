namespace LinkShop.Commerce.Referrals;

/// <summary>One reason why a plan isn't lawful.</summary>
/// <param name="Code">Stable code, see <see cref="ReferralReasons"/>.</param>
/// <param name="Path">What is at fault, as a camelCase path into the plan (<c>rates[1].payee</c>); empty for the whole.</param>
/// <param name="Value">The value at fault, to show with the reason; may be empty.</param>
public sealed record ReferralRefusal(string Code, string Path, string Value = "")
{
    /// <summary>Message key that screens translate: the English sentence of the code.</summary>
    public string Message => ReferralReasons.English(Code);
}

/// <summary>Codes of the linter, each with its reason in both languages.</summary>
public static class ReferralReasons
{
    private static readonly Dictionary<string, (string En, string Zh)> s_all = new(StringComparer.Ordinal)
    {
        ["entry_fee"] = ("Joining must be free: no fee, deposit or package may be asked for.", "加入必须免费:不得收取入门费、押金或要求购买套餐。"),
        ["eligibility_purchase"] = ("Who may promote can't depend on a purchase, deposit, stock or minimum spend.", "推广资格不得与购买、押金、囤货或最低消费挂钩。"),
        ["counts_recruits"] = ("A condition counts people who were brought or their sales. Only own retail sales may count.", "条件中计算了发展的人员或其业绩;只能计算本人的零售业绩。"),
        ["unknown_fact"] = ("This condition isn't one of those known to be lawful, so it is refused.", "该条件不在已知合法的条件之内,因此被拒绝。"),
        ["unknown_operator"] = ("A condition has the operator is, at_least or at_most and a value.", "条件的运算符只能是 is、at_least 或 at_most,并且要有值。"),
        ["reward_for_joining"] = ("Joining, inviting or being given a role can't be rewarded. Only a settled retail sale can.", "加入、邀请或获得身份不得产生奖励;只有已结算的零售订单可以。"),
        ["reward_for_entry_purchase"] = ("What a recruit buys to take part can't be rewarded.", "被发展人员为参加而进行的购买不得产生奖励。"),
        ["unknown_event"] = ("Only a settled retail sale (settled_sale) can be rewarded.", "只有已结算的零售订单(settled_sale)可以产生奖励。"),
        ["tree_action"] = ("Moving, passing on or releasing people in the tree is refused: it hides how deep the chain really is.", "不得在层级中转移、滑落或脱离人员:这会掩盖链条的真实深度。"),
        ["temporal_depth"] = ("Depth is counted over everybody who was ever linked. A tree that is resolved later than at joining can be deeper than it shows.", "层级按全部历史关系计算;加入之后再变动的关系会使实际层级深于显示层级。"),
        ["depth_exceeded"] = ("More than two levels are never paid.", "任何情况下都不得超过两级。"),
        ["depth_in_cn"] = ("In China only who made the sale is paid: one level.", "在中国大陆只奖励促成销售的本人:仅限一级。"),
        ["depth_without_approval"] = ("A second level needs a recorded approval by counsel that is in force here.", "第二级需要有在本地有效的、已登记的法律顾问批准。"),
        ["ancestor_payee"] = ("Somebody further up than the paid depth can't be paid.", "不得向超出可奖励层级的上级支付奖励。"),
        ["introducer_by_seller"] = ("What is paid on the second level can't depend on how much the one who sold has sold before: no tier, own sales or own orders in a plan of two levels.", "第二级的奖励不得取决于成交者以往的业绩:两级方案中,第二级比例不得设等级,推广资格不得设等级、本人销售额或订单数。"),
        ["team_pool"] = ("Pools by a team's volume are refused.", "不得设置按团队业绩分配的奖金池。"),
        ["weighted_dividend"] = ("Weighted dividends and profit shares are refused.", "不得设置加权分红或利润分红。"),
        ["unknown_pool"] = ("Rewards shared among several promoters are refused.", "不得设置在多名推广者之间分配的奖励。"),
        ["payout_not_below_margin"] = ("Rewards and discount together must stay below the goods' margin.", "奖励与优惠之和必须低于商品毛利。"),
        ["full_rebate"] = ("Giving back the whole price is refused.", "不得全额返利。"),
        ["cap_above_policy"] = ("The cap is above what the program allows.", "上限高于推广规则允许的比例。"),
        ["forbidden_label"] = ("This word belongs to pyramid schemes.", "该用语属于传销用语。"),
        ["income_claim"] = ("Promises of income are refused.", "不得作出收入承诺。"),
        ["missing_disclosure"] = ("Both languages need a disclosure that shared links show.", "中英文均须有在分享链接上展示的推广披露。"),
        ["allows_minors"] = ("Only adults may take part.", "只有成年人可以参加。"),
        ["advance"] = ("Nothing is paid before the sale is settled and its windows are over.", "在订单结算且退款期、争议期结束之前不得支付。"),
        ["rewards_own_purchases"] = ("Own purchases earn nothing.", "本人购买不产生奖励。"),
        ["tier_not_own_sales"] = ("A tier needs own sales, rising from tier to tier.", "等级只能取决于本人业绩,并逐级递增。"),
        ["unknown_field"] = ("The plan has a field that isn't known, so nobody can say that it is lawful.", "方案中有未知字段,无法判断其合法性。"),
        ["malformed"] = ("The plan can't be read.", "无法读取该方案。"),
        ["invalid_rate"] = ("A rate needs a name of its own and is above 0 and at most 50 percent; its level is 1 or 2.", "每个比例需有唯一名称,大于 0 且不超过 50%,级别为 1 或 2。"),
        ["no_rates"] = ("A plan needs a rate for who made the sale.", "方案需要有对促成销售者的奖励比例。"),
        ["invalid_id"] = ("An id has 1 to 64 letters, digits, - and _; a name 1 to 100 characters.", "编号为 1 到 64 个字母、数字、- 或 _;名称为 1 到 100 个字符。"),
        ["invalid_currency"] = ("The currency isn't an ISO 4217 code.", "货币代码不是 ISO 4217 代码。"),
        ["invalid_amount"] = ("An amount or percentage is out of range.", "金额或百分比超出范围。"),
        ["invalid_dates"] = ("The end must be after the start.", "结束时间必须晚于开始时间。"),
    };

    /// <summary>All codes.</summary>
    public static IEnumerable<string> Codes => s_all.Keys;

    /// <summary>The reason in English; a code that isn't known stands for itself.</summary>
    /// <param name="code">The code.</param>
    public static string English(string code) => s_all.TryGetValue(code, out var text) ? text.En : code;

    /// <summary>The reason in Chinese; a code that isn't known stands for itself.</summary>
    /// <param name="code">The code.</param>
    public static string Chinese(string code) => s_all.TryGetValue(code, out var text) ? text.Zh : code;
}
