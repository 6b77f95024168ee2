namespace OrchardCore.Locking;

/// <summary>A held lock; disposing gives it back.</summary>
public interface ILocker : IDisposable, IAsyncDisposable
{
}
