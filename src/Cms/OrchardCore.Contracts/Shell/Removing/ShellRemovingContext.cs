namespace OrchardCore.Environment.Shell.Removing;

/// <summary>What is being removed of a tenant, and what came in the way.</summary>
public class ShellRemovingContext
{
    /// <summary>The tenant.</summary>
    public ShellSettings ShellSettings { get; set; } = new();

    /// <summary>Whether nothing went wrong so far.</summary>
    public bool Success => ErrorMessage is null;

    /// <summary>What went wrong; handlers set it to stop the removal.</summary>
    public string? ErrorMessage { get; set; }
}
