namespace LinkShop.Commerce;

/// <summary>Base of every error that a caller can act on: a refused operation, never a defect. Nothing was changed when it is thrown.</summary>
/// <param name="code">Stable snake_case identifier, used as problem type in APIs and as key of the localised text.</param>
/// <param name="message">English explanation for logs and developers.</param>
/// <param name="inner">The cause, if another exception is it.</param>
public class CommerceException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable snake_case identifier of the error, e.g. <c>idempotency_key_reused</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>A state machine was asked for a move that its transition table doesn't have.</summary>
/// <param name="machine">What has the state, e.g. <c>card key</c>.</param>
/// <param name="from">The state it is in.</param>
/// <param name="to">The state it was asked to take.</param>
public sealed class IllegalTransitionException(string machine, string from, string to)
    : CommerceException("illegal_transition", $"A {machine} cannot go from {from} to {to}.");
