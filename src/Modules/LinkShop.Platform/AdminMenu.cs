using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Platform;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
                .AddClass("icon-class-bi-shop").Id("shop")
                .Add(S["Undelivered messages"], "9", letters => letters
                    .Action("Index", "DeadLetters", "LinkShop.Platform")
                    .Permission(Permissions.ManageOutbox)
                    .LocalNav()));
        return ValueTask.CompletedTask;
    }
}
