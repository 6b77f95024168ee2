namespace LinkShop.Testing;

/// <summary>Waits for what comes about by itself: a condition that is asked again and again, and a limit.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the condition holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">What is waited for, as it stands when time is up.</param>
    /// <exception cref="TimeoutException">It didn't within half a minute.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> holds, Func<string> what)
    {
        for (var end = DateTime.UtcNow + Limit; !await holds(); await Task.Delay(20))
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Not within {Limit.TotalSeconds:0} s: {what()}");
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, Func{string})"/>
    public static Task HoldsAsync(Func<bool> holds, Func<string> what) => HoldsAsync(() => Task.FromResult(holds()), what);
}
