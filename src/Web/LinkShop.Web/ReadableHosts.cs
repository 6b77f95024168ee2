namespace LinkShop.Web;

/// <summary>Requests for hosts that can't be.</summary>
internal static class ReadableHosts
{
    /// <summary>Answers 400 to a host with an <c>xn--</c> of which no letters come: whatever asks a request for its host would fail on it.</summary>
    public static void UseReadableHosts(this WebApplication app) => app.Use((context, next) =>
    {
        if (IsReadable(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static bool IsReadable(HttpRequest request)
    {
        // nearly all have none
        if (!request.Headers.Host.ToString().Contains("xn--", StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            return request.Host.ToUriComponent().Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
