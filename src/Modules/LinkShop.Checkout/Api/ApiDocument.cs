using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkShop.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LinkShop.Checkout.Api;

/// <summary>The OpenAPI document of the public API: what the framework can't see in the types.</summary>
internal static class ApiDocument
{
    private const string Token = "accessToken";
    private const string Password = "lookupPassword";

    public static void Configure(OpenApiOptions options)
    {
        // Of everything that is mapped, the public API alone is promised.
        options.ShouldInclude = operation => operation.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer((operation, context, _) => Complete(operation, context));
        options.AddSchemaTransformer((schema, context, _) => Complete(schema, context));
    }

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info.Title = "LinkShop";
        document.Info.Version = "v1";
        document.Info.Description = "Products and orders of a mall. Amounts are in minor units. Every refusal is an RFC 9457 problem with a stable code.";
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The order's access token, from the answer that made it or from a lookup.",
        };
        document.Components.SecuritySchemes[Password] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = OrdersApi.LookupPassword, Description = "The lookup password that the buyer chose.",
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var described = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault();
        if (described is { OpensOrder: true })
            operation.Security = [Needs(Token), Needs(Password)];
        if (described?.Example is { } example && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true && body is OpenApiMediaType media)
            media.Example = JsonNode.Parse(example);
        return Task.CompletedTask;

        // either is enough
        OpenApiSecurityRequirement Needs(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    private static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var attribute in context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(inherit: false) ?? [])
        {
            // what has to be there, and what is left out when there is none, is never null
            if (attribute is RequiredAttribute or JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull })
                schema.Type &= ~JsonSchemaType.Null;
            else if (attribute is OneOfAttribute names)
                schema.Enum = [.. Enum.GetNames(names.Type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))];
        }

        return Task.CompletedTask;
    }
}
