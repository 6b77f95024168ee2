using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Security;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>What neither a role of a shop nor one of the platform's people can do there.</summary>
[Collection("shops in this process")]
public sealed class StaffLimitTests(ShopRoutes shops)
{
    [Theory]
    [InlineData("Administrator", null)]
    [InlineData(null, "platform.0123456789abcdef0")]
    public async Task A_shop_has_no_administrator_of_its_own_and_nobody_of_the_platform_a_password_there(string? role, string? id)
    {
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var user = new User { UserName = "left-behind", Email = "left@mail.example" };
            if (role is not null)
                user.RoleNames.Add(role);
            if (id is not null)
                user.UserId = id;
            Assert.Null(await services.GetRequiredService<IUserService>().CreateUserAsync(user, ShopRoutes.Password, (_, _) => { }));
        });
        await shops.InAsync(shops.Shops["ann"], async services => Assert.Null(await services.GetRequiredService<UserManager<IUser>>().FindByNameAsync("left-behind")));
    }

    [Fact]
    public async Task In_a_shop_only_the_platforms_people_verify_payees_and_approve_payouts_whatever_a_role_says()
    {
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var role = new Role { RoleName = "Cashier" };
            role.RoleClaims.AddRange([RoleClaim.Create("ManagePayouts"), RoleClaim.Create("AccessAdminPanel")]);
            Assert.True((await services.GetRequiredService<RoleManager<IRole>>().CreateAsync(role)).Succeeded);
        });
        await using var clerk = await shops.StaffAsync("ann", "cashier", "Cashier");
        var (cookies, token) = await shops.TokenAsync("/ann", await shops.SignInAsync("/ann", "cashier"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, "Payees/Index", cookies, token));
        foreach (var action in new[] { "Payees/Verify", "Payouts/Approve/x", "Payouts/ConfirmPaid/x", "Payouts/Send/x" })
            Assert.Equal((action, HttpStatusCode.Forbidden), (action, await SendAsync(HttpMethod.Post, action, cookies, token)));
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string cookies, string token)
    {
        using var request = new HttpRequestMessage(method, new Uri("http://localhost/ann/Admin/" + path));
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        request.Headers.Add("Cookie", cookies);
        using var client = shops.CreateClient();
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
