namespace OrchardCore.Environment.Shell;

/// <summary>Lets code ask, once per scope, that the tenant's live state is dropped when the scope ends (after settings changed, for example).</summary>
public interface IShellReleaseManager
{
    /// <summary>Asks for it.</summary>
    void RequestRelease();

    /// <summary>Takes it back.</summary>
    void SuspendReleaseRequest();
}
