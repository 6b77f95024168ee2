using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LinkShop.Http;

/// <summary>The address of the page that somebody looks at, for links that lead back to it: the same in another language, or after signing in.</summary>
public static class PageAddress
{
    private const string Culture = "culture";

    /// <summary>Path with query, without the language that was asked for. What answers a form is often at an address that only takes forms: then it is the page with the form, where that is known.</summary>
    /// <param name="request">The request whose answer is looked at.</param>
    /// <returns>An address of this site, with the base path.</returns>
    public static string Of(HttpRequest request)
    {
        var (path, query) = (request.PathBase + request.Path, request.QueryString.Value);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var form) && form.Authority == request.Host.ToUriComponent())
            (path, query) = (PathString.FromUriComponent(form), form.Query);
        // two slashes at the beginning would lead to another site
        return QueryHelpers.AddQueryString("/" + path.ToUriComponent().TrimStart('/'), QueryHelpers.ParseQuery(query).Where(pair => pair.Key is not (Culture or "ui-culture")));
    }

    /// <summary>The same page in another language: the site keeps the one that an address asks for.</summary>
    /// <param name="request">The request whose answer is looked at.</param>
    /// <param name="culture">The language's name, <c>zh-CN</c>.</param>
    public static string In(HttpRequest request, string culture) => QueryHelpers.AddQueryString(Of(request), Culture, culture);
}
