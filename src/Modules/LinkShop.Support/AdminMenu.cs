using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Support;

internal sealed class AdminMenu(ITicketDesk desk, TenantScope scope, IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override async ValueTask BuildAsync(NavigationBuilder builder)
    {
        var waiting = await desk.WaitingAsync(scope);
        await builder.AddAsync(S["Shop"], "2", shop =>
        {
            shop.AddClass("icon-class-bi-shop").Id("shop")
                .Add(S["Messages"], "1.2", messages =>
                {
                    messages.Action("Index", "MessagesAdmin", "LinkShop.Support").Permission(Permissions.ManageTickets).LocalNav();
                    // the admin theme shows it as a number beside the text
                    if (waiting > 0)
                        messages.AddClass(string.Create(CultureInfo.InvariantCulture, $"badge-count-{waiting}"));
                })
                .Add(S["Customers"], "1.7", customers => customers.Action("Index", "CustomersAdmin", "LinkShop.Support").Permission(Permissions.ViewCustomers).LocalNav());
            return Task.CompletedTask;
        });
    }
}
