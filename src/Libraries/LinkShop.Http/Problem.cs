using System.Text.Json.Serialization;

namespace LinkShop.Http;

/// <summary>An RFC 9457 problem with a stable <see cref="Code"/> for programs and the mistakes by field.</summary>
public sealed class Problem
{
    /// <summary>Identifies the kind of problem; carries the code.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>Short summary of the kind.</summary>
    public string Title { get; init; } = "";

    /// <summary>HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What happened this time.</summary>
    public string? Detail { get; init; }

    /// <summary>Stable snake_case code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Mistakes by field, in the request's own path (<c>lines[0].quantity</c>).</summary>
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
