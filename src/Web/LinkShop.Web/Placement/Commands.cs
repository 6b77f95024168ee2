using LinkShop.Web.Placement;

namespace LinkShop.Web;

internal static partial class Commands
{
    // the embedded host knows how its own rows go from one database to another; Orchard Core's own host doesn't
    static partial void AddOfHost(List<Command> all) => all.Add(new(
        "move-shop",
        [
            "LinkShop.Web move-shop --shop NAME --to DATABASE      moves a shop to another database, or to main",
            "LinkShop.Web move-shop --shop NAME --abandon          undoes a move that hasn't switched",
        ],
        MoveShopCommand.RunAsync));
}
