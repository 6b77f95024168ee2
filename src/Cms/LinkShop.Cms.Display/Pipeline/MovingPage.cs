using Microsoft.AspNetCore.Http;

namespace LinkShop.Cms.Display.Pipeline;

/// <summary>The answer to whoever wants to change something in a shop that is being moved to another database. In both languages and without a layout: the layout may want to write, too.</summary>
internal static class MovingPage
{
    private const string Page = """
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>请稍候 · One moment</title></head>
        <body><main><h1>请稍候</h1><p>本店正在搬迁数据，几秒钟后即可继续。您的操作尚未保存，请返回后重试。</p>
        <h1 lang="en">One moment</h1><p lang="en">This shop’s data is being moved. It goes on in a few seconds. What you sent was not saved: please go back and try again.</p></main></body></html>
        """;

    public static Task WriteAsync(HttpContext context, bool asProblem)
    {
        if (asProblem)
        {
            return Results.Problem(
                "The shop is being moved to another database; nothing was changed. Send the request again in a moment.",
                statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?> { ["code"] = "shop_moving" }).ExecuteAsync(context);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(Page);
    }
}
