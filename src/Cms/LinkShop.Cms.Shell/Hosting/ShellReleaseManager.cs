using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

internal sealed class ShellReleaseManager(IShellHost host, ShellSettings settings) : IShellReleaseManager
{
    private bool _asked;
    private bool _registered;

    public void RequestRelease()
    {
        _asked = true;
        if (_registered) return;
        _registered = true;
        // after the scope's data is stored, so that the next scope reads the new values
        ShellScope.RegisterBeforeDispose(_ => _asked ? host.ReleaseShellContextAsync(settings) : Task.CompletedTask, last: true);
    }

    public void SuspendReleaseRequest() => _asked = false;
}
