using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;
using OrchardCore.Security;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Lets only those with the permission into the admin area, before anything of the action runs.</summary>
internal sealed class AdminAccess(IAuthorizationService authorization) : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (!IsAdmin(context))
            return;

        AdminAttribute.Apply(context.HttpContext);
        if (context.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any() || await authorization.AuthorizeAsync(context.HttpContext.User, AdminPermissions.AccessAdminPanel))
            return;

        context.Result = context.HttpContext.User.Identity?.IsAuthenticated == true ? new ForbidResult() : new ChallengeResult();
    }

    private static bool IsAdmin(AuthorizationFilterContext context)
    {
        if (context.Filters.Any(filter => filter is AdminAttribute))
            return true;

        return context.ActionDescriptor is ControllerActionDescriptor { ControllerName: "Admin" };
    }
}
