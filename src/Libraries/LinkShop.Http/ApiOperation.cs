using System.Reflection;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace LinkShop.Http;

/// <summary>One operation of the JSON API as OpenAPI shows it. Its handler is a plain request delegate that reads and checks by itself, so that each mistake names its field.</summary>
/// <param name="Signature">A method that is never called: the API explorer reads the parameters from it.</param>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Name">Its id, unique in the document.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Text">What else to know.</param>
/// <param name="Reply">What a success has as its body.</param>
/// <param name="Status">The status of a success.</param>
/// <param name="Problems">The statuses of refusals; their body is a <see cref="Problem"/>.</param>
public sealed record ApiOperation(Delegate Signature, string Tag, string Name, string Summary, string Text, Type Reply, int Status, int[] Problems)
{
    /// <summary>Whether the caller opens an order, by its token or its lookup password.</summary>
    public bool OpensOrder { get; init; }

    /// <summary>A body that may be sent, JSON; null for none.</summary>
    public string? Example { get; init; }
}

/// <summary>A text that is one of an enumeration's names, in camel case.</summary>
/// <param name="type">The enumeration.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type type) : Attribute
{
    /// <summary>The enumeration.</summary>
    public Type Type => type;
}

/// <summary>What endpoints of the JSON API have in common.</summary>
public static class ApiEndpoints
{
    /// <summary>Describes an endpoint for OpenAPI.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operation">What to tell of it.</param>
    public static void Describe(this IEndpointConventionBuilder endpoint, ApiOperation operation)
    {
        endpoint.WithTags(operation.Tag).WithName(operation.Name).WithSummary(operation.Summary).WithDescription(operation.Text);
        foreach (var parameter in operation.Signature.Method.GetParameters())
        {
            endpoint.WithMetadata(new DescribedParameter(parameter));
        }

        endpoint.WithMetadata(operation, operation.Signature.Method, new ProducesResponseTypeMetadata(operation.Status, operation.Reply, ["application/json"]));
        foreach (var status in operation.Problems)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problems.ContentType]));
        }
    }

    /// <summary>Refuses every other verb at an address: 405 with <c>Allow</c>. Without it the shop's pages, which take any verb, would say that nothing is there.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="verb">The verb that has an endpoint there.</param>
    public static void MapOtherVerbs(this IEndpointRouteBuilder routes, string pattern, string verb) => routes.Map(pattern, (RequestDelegate)(context =>
    {
        context.Response.Headers.Allow = HttpMethods.IsGet(verb) ? "GET, HEAD" : verb;
        return Problems.WriteAsync(context, new CommerceError("method_not_allowed", $"Only {context.Response.Headers.Allow} can be used here."), StatusCodes.Status405MethodNotAllowed);
    })).ExcludeFromDescription();

    private sealed class DescribedParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => false;

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => parameter.HasDefaultValue || parameter.GetCustomAttribute<FromHeaderAttribute>() is not null;
    }
}
