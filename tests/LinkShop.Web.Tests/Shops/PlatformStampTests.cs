using System.Net;
using System.Security.Claims;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A session in a shop is as good as the platform's session it came from.</summary>
[Collection("shops")]
public sealed class PlatformStampTests(ShopPlatforms platforms)
{
    private const string Old = "Long enough 1";
    private const string New = "Long enough 2";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_new_password_on_the_platform_ends_the_owners_sessions_in_the_shop_and_no_ended_session_opens_another(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var payouts = $"/{slug}/Admin/Payouts/Index";
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var inShop = ann.Copy("/" + slug);
        using var onPlatform = ann.Copy("/");
        var token = Goods.ShopAdmin.FieldsOf((await onPlatform.GetAsync("/my-shops/" + shop)).Html);
        Assert.Equal((payouts, HttpStatusCode.OK), await OpenAsync(inShop, payouts));

        await ann.SubmitAsync("/ChangePassword", "/ChangePassword", ("CurrentPassword", Old), ("Password", New), ("PasswordConfirmation", New));
        Assert.Equal($"/{slug}/Login", (await inShop.GetAsync(payouts)).Path);
        // the platform looks at a session once a minute: until then its stamp is the old one, and what is entered with that isn't open
        await onPlatform.PostAsync($"/my-shops/{shop}/enter", token);
        Assert.Equal($"/{slug}/Login", (await onPlatform.GetAsync(payouts)).Path);
        // and she comes in again with her own, which has the new one
        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
        Assert.Equal((payouts, HttpStatusCode.OK), await OpenAsync(ann, payouts));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_new_password_on_the_platform_ends_the_sessions_of_its_people_in_shops(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        using var admin = await Person.AdministratorAsync(server);
        var name = ShopPlatforms.Word();
        await admin.SubmitAsync("/Admin/Users/Create", "/Admin/Users/Create", ("UserName", name), ("Email", name + "@test.example"), ("Password", Old), ("RoleNames", "Administrator"));
        using var helper = new Person(server, name);
        await helper.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", Old));
        Assert.Equal($"/{slug}/Admin", (await helper.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop)).Path);
        using var copy = helper.Copy("/" + slug);
        Assert.Equal(($"/{slug}/Admin", HttpStatusCode.OK), await OpenAsync(copy, $"/{slug}/Admin"));
        await helper.SubmitAsync("/ChangePassword", "/ChangePassword", ("CurrentPassword", Old), ("Password", New), ("PasswordConfirmation", New));
        Assert.Equal($"/{slug}/Login", (await copy.GetAsync($"/{slug}/Admin")).Path);
    }

    private static async Task<(string Path, HttpStatusCode Status)> OpenAsync(Person person, string path)
    {
        var page = await person.GetAsync(path);
        return (page.Path, page.Status);
    }
}

/// <summary>The same, of sessions as they are kept.</summary>
public abstract class KeptStampTests(ShopRoutes shops)
{
    [Fact]
    public async Task A_session_in_a_shop_stays_beyond_a_minute_with_the_accounts_stamp_and_not_with_another_or_with_none()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        User account = null!;
        await shops.InAsync(ShellSettings.DefaultShellName, async services => account = (User)(await services.GetRequiredService<IUserService>().GetUserAsync("bob"))!);
        var helper = new User { UserName = ShopPlatforms.Word(), RoleNames = ["Administrator"] };
        await shops.InAsync(ShellSettings.DefaultShellName, services => services.GetRequiredService<IUserService>().CreateUserAsync(helper, ShopRoutes.Password, (_, error) => Assert.Fail(error)));
        await shops.InAsync(shops.Shops["bob"], async services =>
        {
            var keeper = services.GetRequiredService<ShopKeeper>();
            await CheckAsync(services, await keeper.OwnerAsync(Visitor(account, staff: false)), account);
            await CheckAsync(services, await keeper.StaffAsync(Visitor(helper, staff: true)), helper);
        });
    }

    private static async Task CheckAsync(IServiceProvider services, IUser? inShop, User account)
    {
        var principal = await services.GetRequiredService<IUserService>().CreatePrincipalAsync(inShop!);
        Assert.NotNull(await AfterAsync(account.SecurityStamp));
        Assert.Null(await AfterAsync("another"));
        Assert.Null(await AfterAsync(null));
        // of before it was kept
        Assert.Null(await StaleSessionTests.ValidateAsync(services, principal));

        Task<ClaimsPrincipal?> AfterAsync(string? stamp) => StaleSessionTests.ValidateAsync(services, principal, PlatformSessions.Of(Visitor(account, staff: false) with { Stamp = stamp }));
    }

    private static ShopVisitor Visitor(User account, bool staff) => new(account.UserId, account.UserName, account.Email, staff);
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteKeptStampTests(ShopRoutes shops) : KeptStampTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresKeptStampTests(PostgresShopRoutes shops) : KeptStampTests(shops);
