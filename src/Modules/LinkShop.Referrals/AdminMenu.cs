using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Referrals;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    private const string Area = "LinkShop.Referrals";

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Promotion"], "2.5", promotion => promotion
            .AddClass("icon-class-bi-megaphone").Id("promotion")
            .Add(S["Report"], "1", report => report.Action("Index", "ReferralReport", Area).Permission(Permissions.ViewReferrals).LocalNav())
            .Add(S["Promotion plans"], "2", plans => plans.Action("Index", "ReferralPlans", Area).Permission(Permissions.ManageReferralPlans).LocalNav())
            .Add(S["Rules and stop switch"], "3", program => program.Action("Index", "ReferralProgram", Area).Permission(Permissions.ReviewReferrals).LocalNav())
            .Add(S["Reviews"], "4", cases => cases.Action("Index", "ReferralCases", Area).Permission(Permissions.ReviewReferrals).LocalNav())
            .Add(S["Promoters and network"], "5", network => network.Action("Index", "ReferralNetwork", Area).Permission(Permissions.ReviewReferrals).LocalNav())
            .Add(S["Health"], "6", health => health.Action("Health", "ReferralReport", Area).Permission(Permissions.ViewReferrals).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
