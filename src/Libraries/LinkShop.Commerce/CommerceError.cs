namespace LinkShop.Commerce;

/// <summary>One reason why an operation was refused: a stable code for programs, an English sentence for people, and the field it is about.</summary>
/// <param name="Code">Stable snake_case code, for example <c>sold_out</c>. Screens translate by it; see <see cref="CommerceErrors"/>.</param>
/// <param name="Message">English sentence for logs and the API.</param>
/// <param name="Field">Name of the input at fault, in the caller's camelCase path (<c>lines[0].quantity</c>), or null when no single input is.</param>
public sealed record CommerceError(string Code, string Message, string? Field = null)
{
    /// <summary>What the code leaves open and a person must know to put it right, in the order that <see cref="CommerceErrors"/> says at the code; empty where it says nothing.</summary>
    public IReadOnlyList<object> Facts { get; init; } = [];
}
