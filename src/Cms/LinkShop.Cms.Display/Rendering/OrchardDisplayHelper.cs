using Microsoft.AspNetCore.Http;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Razor;

namespace LinkShop.Cms.Display.Rendering;

internal sealed class OrchardDisplayHelper(IHttpContextAccessor http, IDisplayHelper display) : IOrchardDisplayHelper
{
    public HttpContext HttpContext => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    public IDisplayHelper DisplayHelper => display;
}
