using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Handlers;

/// <summary>No product above the plan: those that are imported, or taken over from suppliers.</summary>
internal sealed class PlanProducts(PlanLimits limits) : ContentHandlerBase
{
    private readonly HashSet<string> _made = [];

    public override Task CreatingAsync(CreateContentContext context)
    {
        _made.Add(context.ContentItem.ContentItemId);
        return Task.CompletedTask;
    }

    // a new one that is updated first has its row before anybody asks whether it is valid, and on SQLite nobody can take a lock while a row is being written
    public override async Task UpdatingAsync(UpdateContentContext context)
    {
        if (context.ContentItem.Id != 0)
            return;
        _made.Add(context.ContentItem.ContentItemId);
        await limits.ProductAsync(context.ContentItem);
    }

    public override async Task ValidatingAsync(ValidateContentContext context)
    {
        var item = context.ContentItem;
        // what was there before a plan ended stays, and can be changed
        if ((item.Id == 0 || _made.Contains(item.ContentItemId)) && await limits.ProductAsync(item) is { } full)
            context.Fail(full, "");
    }
}

/// <summary>The same in the editor.</summary>
internal sealed class PlanProductDriver(PlanLimits limits) : ContentDisplayDriver
{
    public override bool CanHandleModel(ContentItem model) => model.ContentType == "Product";

    public override async Task<IDisplayResult?> UpdateAsync(ContentItem model, UpdateEditorContext context)
    {
        if (context.IsNew && await limits.ProductAsync(model) is { } full)
            context.Updater.ModelState.AddModelError("", full);
        return null;
    }
}

/// <summary>No staff above the plan. Buyers have no role, and nothing is asked for them.</summary>
internal sealed class PlanStaff(StaffSeats seats, IShops shops, ShellSettings shell, INotifier notifier, IHtmlLocalizer<PlanStaff> H) : UserEventHandlerBase
{
    public override async Task CreatingAsync(UserCreateContext context) => context.Cancel |= await IsFullAsync(context.User);

    public override async Task UpdatingAsync(UserUpdateContext context) => context.Cancel |= await IsFullAsync(context.User);

    public override Task CreatedAsync(UserCreateContext context) => seats.StoredAsync();

    public override Task UpdatedAsync(UserUpdateContext context) => seats.StoredAsync();

    private async Task<bool> IsFullAsync(IUser account)
    {
        // the owner needs none, and the platform's people sit on no chair of the shop's
        if (account is not User { RoleNames.Count: > 0 } user || ShopKeeper.IsStaff(user.UserId)
            || await shops.FindAsync(PlatformTenant.Scope, shell.Name) is not { } shop || shop.OwnerUser == user.UserId
            || await seats.TakeAsync(user.UserId))
            return false;
        await notifier.ErrorAsync(H["Your plan has no seat for one more of your staff. Take the role from somebody else, or choose a higher plan in the shop desk."]);
        return true;
    }
}
