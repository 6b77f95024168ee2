namespace LinkShop.Cms.Shell.Database;

/// <summary>
/// On SQLite the turn of those who write to one file in this process, first come first served; SQLite itself makes them wait by polling. One that waits for
/// itself, because it writes in the middle of its own transaction, is told so after a while instead of waiting for ever.
/// </summary>
/// <param name="patience">How long to wait; 30 seconds unless told.</param>
internal sealed class WriterTurn(TimeSpan? patience = null)
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Lets a writer in; <see cref="Leave"/> lets the next one in.</summary>
    internal async Task EnterAsync(CancellationToken cancellationToken = default)
    {
        if (!await _turn.WaitAsync(_patience, cancellationToken))
            throw new TimeoutException($"Another request has been writing to the content database for {_patience.TotalSeconds:0.#} seconds.");
    }

    internal void Leave() => _turn.Release();
}
