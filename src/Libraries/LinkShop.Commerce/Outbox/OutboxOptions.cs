namespace LinkShop.Commerce.Outbox;

/// <summary>How the worker delivers. Bound from <c>LinkShop:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Attempts before a message becomes a dead letter.</summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Pause after the first failure; it doubles with each further one, with jitter.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a message for a tenant that isn't running is looked at again; such a look is no attempt.</summary>
    public TimeSpan StoppedTenantDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a claimed message is left to its worker; afterwards, if the process died, another takes it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the worker looks for messages that raised no signal in this process.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two claims that don't fill a batch, so that a busy shop isn't slowed by tiny claims.</summary>
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Messages claimed at once.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>Messages of a batch handled at the same time; of slow ones, of the same tenant and event.</summary>
    public int Parallelism { get; set; } = 4;

    /// <summary>A message that takes longer is slow: it is handled beside the batches, so that others don't wait for it.</summary>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Slow messages of one event handled at the same time, of all tenants.</summary>
    public int SlowParallelism { get; set; } = 32;
}
