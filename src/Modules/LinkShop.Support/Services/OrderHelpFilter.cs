using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;

namespace LinkShop.Support.Services;

/// <summary>Puts the buyer's messages below the pages of an order, the buyer's and staff's. Those pages are only shown to who may see the order; what buyers write, only to staff who answer.</summary>
internal sealed class OrderHelpFilter(ILayoutAccessor layouts, IShapeFactory shapes, ITickets tickets, IAuthorizationService authorization, TenantScope scope) : IAsyncResultFilter
{
    private const string ForStaff = "OrderMessages";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult && PageOf(context) is var (shape, orderId)
            && (shape != ForStaff || await authorization.AuthorizeAsync(context.HttpContext.User, Permissions.ManageTickets)))
        {
            var layout = await layouts.GetLayoutAsync();
            var found = await tickets.OfOrderAsync(scope, orderId, context.HttpContext.RequestAborted);
            if (layout.Zones["Content"] is { } zone)
                await zone.AddAsync(await shapes.CreateAsync<OrderHelpViewModel>(shape, model => { model.OrderId = orderId; model.Tickets = found; }), "after");
        }

        await next();
    }

    private static (string Shape, string OrderId)? PageOf(ActionContext context)
    {
        string? Value(string name) => context.RouteData.Values[name]?.ToString();
        return (Value("area"), Value("controller"), Value("action")) switch
        {
            ("LinkShop.Checkout", "Order", "Show" or "Refund") when Value("orderId") is { } id => ("OrderHelp", id),
            ("LinkShop.Checkout", "OrdersAdmin", "Detail") when Value("id") is { } id => (ForStaff, id),
            _ => null,
        };
    }
}
