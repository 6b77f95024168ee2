using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OutputCaching;
using OrchardCore.Environment.Shell;

namespace LinkShop.Storefront.Services;

/// <summary>
/// Content pages opt into the output cache here: they are shown by the CMS's own controller, which says nothing about caching. Only pages that asked for it
/// while they were built are kept, for a few seconds: that bounds how old a stock display gets on other processes.
/// </summary>
internal sealed class ContentPagePolicy : IOutputCachePolicy
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(5);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || !IsContentPage(context.HttpContext))
            return ValueTask.CompletedTask;
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = true;
        context.AllowLocking = true;
        context.CacheVaryByRules.QueryKeys = "*";
        context.ResponseExpirationTimeSpan = s_age;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (IsContentPage(context.HttpContext) && !PageCaching.IsAllowed(context.HttpContext))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    private static bool IsContentPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is { ControllerName: "Item", ActionName: "Display" };
}

/// <summary>Lets pages into the cache and takes them out of it when their product changes.</summary>
public sealed class PageCaching(IOutputCacheStore store, ShellSettings shell) : IProductChanged
{
    private const string Allowed = "LinkShop.PageCaching";

    public static bool IsAllowed(HttpContext context) => context.Items.ContainsKey(Allowed);

    /// <summary>Says that the page is the same for all anonymous visitors.</summary>
    public void Allow(HttpContext context)
    {
        context.Items[Allowed] = true;
        context.Features.Get<IOutputCacheFeature>()?.Context.Tags.Add(Tag);
    }

    // a product stands on its own page, in lists and on the home page: all of them are few and cheap to make again
    public async Task ChangedAsync(string productId) => await store.EvictByTagAsync(Tag, CancellationToken.None);

    private string Tag => "storefront:" + shell.Name;
}
