using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Finance;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Money"], "3", money => money
                .AddClass("icon-class-bi-wallet2").Id("money")
            .Add(S["Wallet"], "1", wallet => wallet.Action("Wallet", "Finance", "LinkShop.Finance").Permission(Permissions.ViewOwnWallet).LocalNav())
            .Add(S["Books"], "2", books => books.Action("Index", "Finance", "LinkShop.Finance").Permission(Permissions.ViewFinance).LocalNav())
            .Add(S["Fees and settlement"], "3", fees => fees.Action("Index", "FeePolicy", "LinkShop.Finance").Permission(Permissions.ManageFees).LocalNav())
            .Add(S["Balances"], "6", credits => credits.Action("Index", "Credits", "LinkShop.Finance").Permission(Permissions.ManageCredits).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
