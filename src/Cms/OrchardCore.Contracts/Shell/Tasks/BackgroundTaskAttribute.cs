namespace OrchardCore.BackgroundTasks;

/// <summary>When and how a background task runs.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public class BackgroundTaskAttribute : Attribute
{
    /// <summary>False to leave it switched off.</summary>
    public bool Enable { get; set; } = true;

    /// <summary>When: minute, hour, day of month, month, day of week, as cron has it, in UTC.</summary>
    public string Schedule { get; set; } = "*/5 * * * *";

    /// <summary>The name shown to an administrator.</summary>
    public string Title { get; set; } = "";

    /// <summary>One sentence for an administrator.</summary>
    public string Description { get; set; } = "";

    /// <summary>How long to wait for another process's run to end, in milliseconds; 0 for not at all.</summary>
    public int LockTimeout { get; set; }

    /// <summary>After how many milliseconds a run counts as dead, so that another process may start one; 0 for the host's default.</summary>
    public int LockExpiration { get; set; }
}
