using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardCore.Security.Services;
using OrchardCore.Settings;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Tests.Admin;

public sealed class RecipeStepTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Theory]
    [InlineData("roles", """{ "Roles": [ { "Name": "Half", "Permissions": ["AccessAdminPanel", "FlyToTheMoon"] } ] }""", "FlyToTheMoon")]
    [InlineData("roles", """{ "Roles": [ { "Permissions": [] } ] }""", "needs a name")]
    [InlineData("roles", """{ "Roles": "Editor" }""", "can't be read")]
    [InlineData("users", """{ "Users": [ { "UserName": "half", "RoleNames": ["Astronaut"] } ] }""", "Astronaut")]
    [InlineData("users", """{ "Users": [ { "UserName": "has space" } ] }""", "has space")]
    [InlineData("users", """{ "Users": [ { "Email": "a@example.com" } ] }""", "needs a user name")]
    [InlineData("settings", """{ "SiteName": "Half", "PageSize": "many" }""", "PageSize")]
    [InlineData("settings", """{ "SiteName": "Half", "TimeZoneId": "Mars/Olympus" }""", "TimeZoneId")]
    [InlineData("media", """{ "Files": [ { "TargetPath": "../x.png", "Base64": "AAAA" } ] }""", "../x.png")]
    [InlineData("media", """{ "Files": [ { "TargetPath": "x.png", "Base64": "not base64!" } ] }""", "x.png")]
    [InlineData("media", """{ "Files": [ { "TargetPath": "x.png", "SourcePath": "../../etc/passwd" } ] }""", "SourcePath")]
    [InlineData("media", """{ "Files": [ { "TargetPath": "x.png", "SourcePath": "nowhere.png" } ] }""", "nowhere.png")]
    public async Task A_mistake_in_a_step_is_named_and_nothing_is_half_done(string name, string step, string named)
    {
        var context = await RunAsync(name, step);
        Assert.Contains(context.Errors, error => error.Contains(named, StringComparison.Ordinal));
        await site.Host.InTenantAsync("Default", async services =>
        {
            Assert.DoesNotContain(await services.GetRequiredService<IRoleService>().GetRolesAsync(), role => role.RoleName == "Half");
            Assert.Null(await services.GetRequiredService<IUserService>().GetUserAsync("half"));
            Assert.NotEqual("Half", (await services.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).SiteName);
        });
    }

    [Fact]
    public async Task Users_come_with_their_password_hash_and_roles_and_may_come_twice()
    {
        var hash = new PasswordHasher<User>().HashPassword(new User(), AdminSite.UserPassword);
        var step = $$"""{ "Users": [ { "UserName": "imported", "Email": "imported@example.com", "PasswordHash": "{{hash}}", "RoleNames": ["Editor"] } ] }""";
        Assert.Empty((await RunAsync("users", step)).Errors);
        Assert.Empty((await RunAsync("users", step)).Errors);
        using var browser = await site.SignedInAsync("imported@example.com", AdminSite.UserPassword);
        Assert.Equal(System.Net.HttpStatusCode.OK, await browser.StatusAsync("/Admin/Contents/ContentItems"));
    }

    [Fact]
    public async Task A_module_changes_roles_by_the_role_manager_and_what_it_takes_away_stays_away()
    {
        const string Own = "ManageOwnUserInformation";
        await RunAsync("roles", """{ "Roles": [ { "Name": "Baker", "Permissions": ["AccessAdminPanel"] } ] }""");
        await InAsync(async roles =>
        {
            var role = (Role)(await roles.FindByNameAsync("baker"))!;
            Assert.True((await roles.AddClaimAsync(role, RoleClaim.Create("ListUsers").ToClaim())).Succeeded);
            // a default of a feature, which nobody has decided about yet
            var everybody = (Role)(await roles.FindByNameAsync("Authenticated"))!;
            Assert.Contains(everybody.RoleClaims, claim => claim.ClaimValue == Own);
            Assert.True((await roles.RemoveClaimAsync(everybody, RoleClaim.Create(Own).ToClaim())).Succeeded);
            Assert.False((await roles.CreateAsync(new Role { RoleName = "BAKER" })).Succeeded);
            Assert.False((await roles.DeleteAsync((await roles.FindByNameAsync("Administrator"))!)).Succeeded);
            Assert.True((await roles.CreateAsync(new Role { RoleName = "Gone" })).Succeeded);
            Assert.True((await roles.DeleteAsync((await roles.FindByNameAsync("Gone"))!)).Succeeded);
        });
        await InAsync(async roles =>
        {
            var baker = await roles.GetClaimsAsync((await roles.FindByNameAsync("Baker"))!);
            Assert.Equal(["AccessAdminPanel", "ListUsers"], baker.Select(claim => claim.Value).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(await roles.GetClaimsAsync((await roles.FindByNameAsync("Authenticated"))!), claim => claim.Value == Own);
            Assert.Null(await roles.FindByNameAsync("Gone"));
        });
        // another tenant has its own
        await site.Host.InTenantAsync("Cards", async services => Assert.Null(await services.GetRequiredService<RoleManager<IRole>>().FindByNameAsync("Baker")));

        Task InAsync(Func<RoleManager<IRole>, Task> work) => site.Host.InTenantAsync("Default", services => work(services.GetRequiredService<RoleManager<IRole>>()));
    }

    [Fact]
    public async Task Roles_can_be_added_to_and_taken_from()
    {
        await RunAsync("roles", """{ "Roles": [ { "Name": "Grower", "Permissions": ["AccessAdminPanel"] } ] }""");
        await RunAsync("roles", """{ "Roles": [ { "Name": "Grower", "Permissions": ["ListUsers", "ListContent"], "PermissionBehavior": "Add" } ] }""");
        await RunAsync("roles", """{ "Roles": [ { "Name": "Grower", "Permissions": ["ListContent"], "PermissionBehavior": "Remove" } ] }""");
        await site.Host.InTenantAsync("Default", async services =>
        {
            var claims = await services.GetRequiredService<IRoleService>().GetRoleClaimsAsync("Grower");
            Assert.Equal(["AccessAdminPanel", "ListUsers"], claims.Select(claim => claim.Value).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task Sections_of_modules_are_set_by_their_name()
    {
        Assert.Empty((await RunAsync("settings", """{ "SmtpSettings": { "Host": "", "Port": 2525 } }""")).Errors);
        await site.Host.InTenantAsync("Default", async services =>
            Assert.Equal(2525, (await services.GetRequiredService<ISiteService>().GetSettingsAsync<OrchardCore.Email.SmtpSettings>()).Port));
    }

    private async Task<RecipeExecutionContext> RunAsync(string name, string step)
    {
        var context = new RecipeExecutionContext { Name = name, Step = JsonNode.Parse(step)!.AsObject(), RecipeDescriptor = new RecipeDescriptor { Name = "test" } };
        await site.Host.InTenantAsync("Default", async services =>
        {
            foreach (var handler in services.GetServices<IRecipeStepHandler>()) await handler.ExecuteAsync(context);
        });
        return context;
    }
}
