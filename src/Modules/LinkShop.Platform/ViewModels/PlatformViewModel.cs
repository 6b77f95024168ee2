using OrchardCore.Environment.Shell.Models;

namespace LinkShop.Platform.ViewModels;

/// <summary>The start page of the platform's admin.</summary>
public sealed class PlatformViewModel
{
    public required int Running { get; init; }

    public required int Stopped { get; init; }

    /// <summary>Tenants whose set-up was not finished.</summary>
    public required int NotSetUp { get; init; }

    /// <summary>Payouts, payees and refunds of micro-shops that wait for the platform's people; null to who doesn't look after shops.</summary>
    public long? WaitingShops { get; init; }

    /// <summary>The platform's own messages that were given up.</summary>
    public required long OwnDead { get; init; }

    /// <summary>Messages that were given up, in all other tenants.</summary>
    public required long TenantsDead { get; init; }

    /// <summary>Whether mails go to a folder because no mail server is set.</summary>
    public required bool MailToFolder { get; init; }

    /// <summary>Whether orders can be paid without money.</summary>
    public required bool SandboxOn { get; init; }

    public required IReadOnlyList<TenantRow> Tenants { get; init; }
}

/// <summary>A tenant as the operator sees it.</summary>
/// <param name="Link">Name and address.</param>
/// <param name="State">Running, stopped or not set up.</param>
/// <param name="Dead">Messages that were given up.</param>
public sealed record TenantRow(TenantLink Link, TenantState State, long Dead);
