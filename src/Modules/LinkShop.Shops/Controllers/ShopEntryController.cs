using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Users;

namespace LinkShop.Shops.Controllers;

/// <summary>The door for those who come from the platform.</summary>
[Feature("LinkShop.Shops.Shop")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed partial class ShopEntryController(
    IShopEntries entries, ShopKeeper keeper, SignInManager<IUser> signIn, PlatformRoads roads, ShellSettings shell, ILogger<ShopEntryController> logger) : Controller
{
    /// <summary>Signs in whoever brings a good code, which is then used up.</summary>
    [HttpGet("shop-entry")]
    public async Task<IActionResult> Index(string? code, ShopWait? to)
    {
        // without the browser's half, somebody else's link would sign its reader in as somebody else
        // the code must not travel on in a link
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await entries.RedeemAsync(PlatformTenant.Scope, shell.Name, EntryCodes.Whole(Request, code), HttpContext.RequestAborted) is not { } visitor
            || await (visitor.Staff ? keeper.StaffAsync(visitor) : keeper.OwnerAsync(visitor)) is not { } user)
        {
            Response.StatusCode = 403;
            return View("Expired", await roads.EntryAsync(Request));
        }

        await signIn.SignInAsync(user, PlatformSessions.Of(visitor));
        LogEntered(visitor.UserName, visitor.Staff, shell.Name);
        return Redirect(to switch
        {
            ShopWait.Payout => "~/Admin/Payouts/Index",
            ShopWait.Payee => "~/Admin/Payees/Index?unverified=true",
            ShopWait.Refund => "~/Admin/Refunds/Index",
            ShopWait.Appeal => "~/Admin/Referrals/Cases/Index?state=Appealed",
            _ => "~/Admin",
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} (of the platform's staff: {Staff}) came into {Shop} from the platform.")]
    private partial void LogEntered(string user, bool staff, string shop);
}
