namespace LinkShop.Commerce;

/// <summary>Leaves a transaction that has written already, so that nothing of it stays; turned into a <see cref="CommerceResult{T}"/> at the border.</summary>
internal sealed class RefusedException(IReadOnlyList<CommerceError> errors) : CommerceException(errors[0].Code, errors[0].Message)
{
    public RefusedException(string code, string message, string? field = null)
        : this([new CommerceError(code, message, field)])
    {
    }

    public IReadOnlyList<CommerceError> Errors { get; } = errors;
}
