using LinkShop.Commerce.Data;

namespace LinkShop.Web;

/// <summary>Whether the process can read its main database, for proxies and monitors. One question is under way at a time, however many ask.</summary>
internal sealed partial class Health(ICommerceDatabase database, ILogger<Health> logger)
{
    /// <summary>Asking longer counts as not being able to.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<bool>? _asking;

    /// <summary>Asks, or waits for who asks already.</summary>
    public async Task<bool> IsGoodAsync()
    {
        Task<bool> asking;
        lock (_lock)
            // on a thread of its own: SQLite answers, and hangs, where it is called
            asking = _asking is { IsCompleted: false } ? _asking : _asking = Task.Run(AskAsync);
        try
        {
            return await asking.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            LogSlow(Patience.TotalSeconds);
            return false;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            // of a constant SQLite knows the value without its file
            await database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<int>("select count(*) from (select 1 from orders limit 1) o"));
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LogFailed(error);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database didn't answer within {Seconds} s")]
    private partial void LogSlow(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database can't be read")]
    private partial void LogFailed(Exception error);
}

/// <summary>Answers <c>GET /healthz</c> before any tenant: 200 <c>ok</c> or 503, without a reason, which is in the log.</summary>
internal static class HealthEndpoint
{
    public static void UseHealth(this IApplicationBuilder app) => app.Use(next => context =>
        context.Request.Path.Equals("/healthz", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method) ? AnswerAsync(context) : next(context));

    private static async Task AnswerAsync(HttpContext context)
    {
        var good = await context.RequestServices.GetRequiredService<Health>().IsGoodAsync();
        context.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(good ? "ok" : "unavailable");
    }
}
