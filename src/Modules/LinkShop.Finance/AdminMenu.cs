using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Finance;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    private const string Area = "LinkShop.Finance";

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Money"], "3", money => money
                .AddClass("icon-class-bi-wallet2").Id("money")
            .Add(S["Wallet"], "1", wallet => wallet.Action("Wallet", "Finance", Area).Permission(Permissions.ViewOwnWallet).LocalNav())
            .Add(S["Payouts"], "2", payouts => payouts.Action("Index", "Payouts", Area).Permission(Permissions.RequestOwnPayouts).LocalNav())
            .Add(S["Payees"], "3", payees => payees.Action("Index", "Payees", Area).Permission(Permissions.ManagePayouts).LocalNav())
            .Add(S["Merchants"], "4", merchants => merchants.Action("Index", "Merchants", Area).Permission(Permissions.ManageMerchants).LocalNav())
            .Add(S["Books"], "5", books => books.Action("Index", "Finance", Area).Permission(Permissions.ViewFinance).LocalNav())
            .Add(S["Reconciliation"], "6", files => files.Action("Index", "Reconciliation", Area).Permission(Permissions.ManageReconciliation).LocalNav())
            .Add(S["Arrivals at the bank"], "6.5", arrivals => arrivals.Action("Index", "Arrivals", Area).Permission(Permissions.ManageReconciliation).LocalNav())
            .Add(S["Fees and settlement"], "7", fees => fees.Action("Index", "FeePolicy", Area).Permission(Permissions.ManageFees).LocalNav())
            .Add(S["Balances"], "8", credits => credits.Action("Index", "Credits", Area).Permission(Permissions.ManageCredits).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
