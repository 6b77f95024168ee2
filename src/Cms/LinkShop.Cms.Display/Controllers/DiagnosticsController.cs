using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Cms.Display.Controllers;

/// <summary>The page of an error. An action, so that filters put the site's frame around it; asked for by its address there is nothing to see.</summary>
[AllowAnonymous]
public sealed class DiagnosticsController : Controller
{
    /// <summary>Says what the status of the response means.</summary>
    public IActionResult Error() => Response.StatusCode < StatusCodes.Status400BadRequest ? NotFound() : View();
}
