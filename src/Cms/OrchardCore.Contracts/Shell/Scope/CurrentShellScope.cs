using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms;

/// <summary>Scoped: ties a service scope to the shell scope that opened it, so that it stays with its tenant wherever it is resolved.</summary>
internal sealed class CurrentShellScope
{
    private ShellScope? _scope;

    internal ShellScope? Scope
    {
        get => _scope ??= ShellScope.Current;
        set => _scope = value;
    }
}
