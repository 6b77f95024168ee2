using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace LinkShop.Http;

/// <summary>An RFC 9457 problem with a stable <see cref="Code"/> for programs and the mistakes by field.</summary>
public sealed class Problem
{
    /// <summary>Identifies the kind of problem; carries the code.</summary>
    [Required, Description("Identifies the kind of problem: urn:linkshop:problem: and the code.")]
    public string Type { get; init; } = "about:blank";

    /// <summary>Short summary of the kind.</summary>
    [Required, Description("Short summary of the kind.")]
    public string Title { get; init; } = "";

    /// <summary>HTTP status.</summary>
    [Required, Description("HTTP status.")]
    public int Status { get; init; }

    /// <summary>What happened this time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("What happened this time, in English.")]
    public string? Detail { get; init; }

    /// <summary>Stable snake_case code.</summary>
    [Required, Description("Stable code for programs, for example sold_out; docs/modules/checkout.md lists them.")]
    public string Code { get; init; } = "";

    /// <summary>Mistakes by field, in the request's own path (<c>lines[0].quantity</c>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Mistakes by field, in the request's own path: lines[0].quantity, a query's parameter, a header's name.")]
    public IReadOnlyDictionary<string, ProblemError[]>? Errors { get; init; }
}

/// <summary>A mistake in one field.</summary>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">English sentence.</param>
public sealed record ProblemError(string Code, string Message);

/// <summary>Source-generated JSON of problems.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProblemJson : JsonSerializerContext;
