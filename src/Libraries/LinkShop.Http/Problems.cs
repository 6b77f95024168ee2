using System.Text.Json;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Http;

/// <summary>Turns refusals into problem answers.</summary>
public static class Problems
{
    /// <summary>Media type of problems.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with one mistake.</summary>
    public static Task WriteAsync(HttpContext context, CommerceError error, int? status = null) =>
        WriteAsync(context, [error], status);

    /// <summary>Answers with all mistakes; the first one gives the code and, unless told, the status.</summary>
    public static Task WriteAsync(HttpContext context, IReadOnlyList<CommerceError> errors, int? status = null)
    {
        var code = status ?? StatusOf(errors[0].Code);
        if (code == StatusCodes.Status429TooManyRequests && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = "60";
        }

        return JsonReply.WriteAsync(context, code, Create(errors, code), ProblemJson.Default.Problem, ContentType);
    }

    /// <summary>The same as a minimal API's result.</summary>
    /// <param name="errors">All mistakes.</param>
    /// <param name="status">The status; by default it follows from the first mistake's code.</param>
    public static IResult Result(IReadOnlyList<CommerceError> errors, int? status = null) => new ProblemResult(errors, status);

    private sealed class ProblemResult(IReadOnlyList<CommerceError> errors, int? status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, errors, status);
    }

    /// <summary>The problem of one mistake as JSON.</summary>
    public static string ToJson(CommerceError error) => JsonSerializer.Serialize(Create([error], StatusOf(error.Code)), ProblemJson.Default.Problem);

    /// <summary>The mistake in a JSON text: names the path, or line and column when the text isn't JSON at all.</summary>
    public static CommerceError FromJson(JsonException e)
    {
        var field = FieldOf(e.Path);
        var line = (e.LineNumber ?? 0) + 1;
        var column = (e.BytePositionInLine ?? 0) + 1;
        var unknown = e.Message.Contains("could not be mapped", StringComparison.Ordinal);
        if (unknown)
            return new CommerceError("unknown_member", $"There is no member '{field}' (line {line}, byte {column}).", field);
        return field.Length > 0 && WantedBy(e.Message) is { } wanted
            ? new CommerceError("malformed_json", $"The member '{field}' must be {wanted} (line {line}, byte {column}).", field)
            : new CommerceError("malformed_json", $"The JSON can't be read at line {line}, byte {column}{(field.Length > 0 ? $", member '{field}'" : "")}.", field.Length > 0 ? field : null);
    }

    /// <summary>The HTTP status that goes with a code.</summary>
    public static int StatusOf(string code) => code switch
    {
        "malformed_json" or "unknown_member" => StatusCodes.Status400BadRequest,
        "body_too_large" => StatusCodes.Status413PayloadTooLarge,
        "unsupported_media_type" => StatusCodes.Status415UnsupportedMediaType,
        CommerceErrors.BadSignature or CommerceErrors.StaleSignature => StatusCodes.Status401Unauthorized,
        CommerceErrors.ProviderNotUsable => StatusCodes.Status403Forbidden,
        CommerceErrors.NotFound or CommerceErrors.AccessDenied or CommerceErrors.UnknownOrder => StatusCodes.Status404NotFound,
        CommerceErrors.TooManyAttempts or CommerceErrors.AddressLimit or CommerceErrors.FreeLimit => StatusCodes.Status429TooManyRequests,
        CommerceErrors.SoldOut or CommerceErrors.PickTaken or CommerceErrors.PriceChanged or CommerceErrors.NotOnSale
            or CommerceErrors.Conflict or CommerceErrors.IllegalTransition or CommerceErrors.EventConflict or CommerceErrors.OtherDatabase
            or LinkShop.Commerce.Shops.ShopErrors.Closed => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static Problem Create(IReadOnlyList<CommerceError> errors, int status)
    {
        var byField = errors.Where(e => e.Field is not null)
            .GroupBy(e => e.Field!, e => new ProblemError(e.Code, e.Message))
            .ToDictionary(g => g.Key, g => g.ToArray());
        return new Problem
        {
            Type = "urn:linkshop:problem:" + errors[0].Code,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Code = errors[0].Code,
            Detail = errors[0].Message,
            Errors = byField.Count > 0 ? byField : null,
        };
    }

    // the serializer names the type that the value isn't
    private static string? WantedBy(string message)
    {
        const string before = "could not be converted to ";
        if (message.IndexOf(before, StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        var type = message[(at + before.Length)..].Split(". ")[0];
        return type.EndsWith("System.Int32", StringComparison.Ordinal) || type.EndsWith("System.Int32]", StringComparison.Ordinal) ? "an integer of 32 bits"
            : type.EndsWith("System.Int64", StringComparison.Ordinal) || type.EndsWith("System.Int64]", StringComparison.Ordinal) ? "an integer of 64 bits"
            : type.EndsWith("System.String", StringComparison.Ordinal) ? "a text"
            : type.Contains("System.Boolean", StringComparison.Ordinal) ? "true or false"
            : type.Contains("List`1", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) ? "a list"
            : "an object";
    }

    // "$.lines[0].skuId" is "lines[0].skuId" in the caller's words.
    private static string FieldOf(string? path) =>
        path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
}
