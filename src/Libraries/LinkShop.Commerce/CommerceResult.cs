namespace LinkShop.Commerce;

/// <summary>The outcome of an operation that can be refused for reasons a person can do something about. Faults of the system stay exceptions.</summary>
/// <typeparam name="T">What a successful operation returns.</typeparam>
public readonly struct CommerceResult<T>
{
    private readonly T? _value;
    private readonly IReadOnlyList<CommerceError>? _errors;

    private CommerceResult(T? value, IReadOnlyList<CommerceError>? errors)
    {
        _value = value;
        _errors = errors;
    }

    /// <summary>True when the operation was done.</summary>
    public bool Succeeded => _errors is null;

    /// <summary>What the operation returned.</summary>
    /// <exception cref="InvalidOperationException">The operation was refused.</exception>
    public T Value => _errors is null ? _value! : throw new InvalidOperationException($"Refused: {_errors[0].Code}: {_errors[0].Message}");

    /// <summary>Why the operation was refused; empty when it was done.</summary>
    public IReadOnlyList<CommerceError> Errors => _errors ?? [];

    /// <summary>The first reason, or null when the operation was done.</summary>
    public CommerceError? Error => _errors?[0];

    /// <summary>A done operation.</summary>
    /// <param name="value">Its return value.</param>
    public static CommerceResult<T> Success(T value) => new(value, null);

    /// <summary>A refused operation.</summary>
    /// <param name="errors">At least one reason.</param>
    /// <exception cref="ArgumentException">There is no reason given.</exception>
    public static CommerceResult<T> Failure(IReadOnlyList<CommerceError> errors) =>
        errors.Count > 0 ? new(default, errors) : throw new ArgumentException("A refusal needs a reason.", nameof(errors));

    /// <summary>Makes a success of a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator CommerceResult<T>(T value) => Success(value);

    /// <summary>Makes a refusal of one reason.</summary>
    /// <param name="error">The reason.</param>
    public static implicit operator CommerceResult<T>(CommerceError error) => Failure([error]);
}
