using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>Walks every endpoint that the tenant's features bring, as nobody, as somebody without permission and as another tenant's administrator.</summary>
public sealed class PermissionMatrixTests(AdminSite site) : IClassFixture<AdminSite>
{
    // Pages and forms that are for everybody.
    private static readonly string[] s_open = ["Login", "Register"];

    [Fact]
    public async Task Nobody_without_a_permission_gets_into_the_admin()
    {
        var paths = await AdminPathsAsync();
        Assert.True(paths.Count >= 18, $"the walk found too few admin pages to mean anything: {string.Join(" ", paths)}");
        var plain = await site.AddUserAsync();
        using var visitor = site.Browse();
        using var member = await site.SignedInAsync(plain, AdminSite.UserPassword);
        foreach (var path in paths)
        {
            using var answer = await visitor.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/Login?", StringComparison.Ordinal), $"visitor, {path}: {answer.StatusCode}");
            Assert.True(await member.StatusAsync(path) == HttpStatusCode.Forbidden, $"member, {path}: not refused");
        }
    }

    [Fact]
    public async Task Access_to_the_admin_alone_opens_none_of_its_screens()
    {
        await site.Host.InTenantAsync("Default", async services =>
        {
            var step = services.GetServices<OrchardCore.Recipes.Services.IRecipeStepHandler>().OfType<LinkShop.Cms.Admin.Roles.RolesStep>().Single();
            await step.ExecuteAsync(new() { Name = "roles", Step = System.Text.Json.Nodes.JsonNode.Parse("""{ "Roles": [ { "Name": "Onlooker", "Permissions": ["AccessAdminPanel"] } ] }""")!.AsObject() });
        });
        var name = await site.AddUserAsync("Default", "Onlooker");
        using var onlooker = await site.SignedInAsync(name, AdminSite.UserPassword);
        foreach (var path in (await AdminPathsAsync()).Where(path => path is not ("/Admin" or "/Admin/Dashboard")))
        {
            var status = await onlooker.StatusAsync(path);
            // what doesn't exist may say so; nothing may be shown
            Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{path}: {status}");
        }

        Assert.Equal(HttpStatusCode.Forbidden, await onlooker.StatusAsync("/Admin/Users"));
    }

    [Fact]
    public async Task An_administrator_of_one_tenant_is_nobody_at_another()
    {
        using var admin = await site.SignedInAsync();
        foreach (var path in await AdminPathsAsync())
        {
            using var answer = await admin.GetAsync("/cards" + path);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Nothing_changes_without_the_anti_forgery_token()
    {
        using var admin = await site.SignedInAsync();
        var posts = await ActionsAsync("POST");
        Assert.True(posts.Count > 15, "the walk found too few forms to mean anything");
        foreach (var path in posts)
        {
            using var answer = await admin.PostWithoutTokenAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
        }
    }

    private async Task<List<string>> AdminPathsAsync() => [.. (await ActionsAsync("GET")).Where(path => path.StartsWith("/Admin", StringComparison.Ordinal))];

    /// <summary>The address of every action for a method, with the word <c>x</c> for whatever it asks for.</summary>
    private async Task<List<string>> ActionsAsync(string method)
    {
        var paths = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        // routes exist from a tenant's first request on, also after its features changed
        using (await site.SignedInAsync()) { }
        await site.Host.InTenantAsync("Default", services =>
        {
            var links = services.GetRequiredService<LinkGenerator>();
            foreach (var action in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>())
            {
                var methods = action.EndpointMetadata.OfType<IHttpMethodMetadata>().SelectMany(metadata => metadata.HttpMethods).ToArray();
                if (methods.Length > 0 && !methods.Contains(method)) continue;
                if (method == "GET" && action.EndpointMetadata.OfType<IAllowAnonymous>().Any()) continue;
                if (s_open.Contains(action.ActionName) && method == "GET") continue;
                var values = new RouteValueDictionary(action.RouteValues) { ["id"] = "x", ["contentItemId"] = "x", ["groupId"] = "general", ["contentTypeId"] = "" };
                var path = links.GetPathByRouteValues(null, values);
                Assert.True(path is not null, $"{action.DisplayName} has no address");
                paths.Add(path!.Split('?')[0]);
            }

            return Task.CompletedTask;
        });
        return [.. paths];
    }
}
