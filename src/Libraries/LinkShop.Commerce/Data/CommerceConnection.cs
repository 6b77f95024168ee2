using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Data;

/// <summary>What both engines' connections share: the one place where a tenant's scope is enforced, and the rule that a failed statement fails its work.</summary>
internal abstract class CommerceConnection(string? tenant, bool canWrite, CommerceHome? home, CommerceConnection? outer = null)
{
    // a nested scope is the same work: it commits, fails and calls back with the outer one
    private readonly CommerceConnection? _outer = outer;
    private List<Action>? _committed;
    private bool _failed;

    public string? Tenant => tenant;

    /// <summary>A statement failed. PostgreSQL has then given the transaction up, so the work must not go on, on SQLite neither.</summary>
    protected bool Failed
    {
        get => _outer?.Failed ?? _failed;
        set
        {
            if (_outer is null)
                _failed = value;
            else
                _outer.Failed = value;
        }
    }

    protected bool CanWrite => canWrite;

    protected CommerceHome? Home => home;

    /// <summary>The other tenant of a nested scope, who must be here too.</summary>
    protected string Neighbour(TenantScope scope)
    {
        var other = SqliteCommerceDatabase.Required(scope);
        home?.Require(tenant, other, canWrite);
        return other;
    }

    public void OnCommitted(Action callback)
    {
        if (!canWrite)
        {
            throw new InvalidOperationException("A read has no commit.");
        }

        if (_outer is null)
            (_committed ??= []).Add(callback);
        else
            _outer.OnCommitted(callback);
    }

    public void WhenCertain(Action callback)
    {
        if (canWrite)
        {
            OnCommitted(callback);
        }
        else
        {
            callback();
        }
    }

    public void RaiseCommitted()
    {
        foreach (var callback in _committed ?? [])
        {
            callback();
        }
    }

    public void RequireNoFailure()
    {
        if (Failed)
        {
            throw new InvalidOperationException("A statement of this work failed and the work went on; it was undone.");
        }
    }

    protected SqlText Check(string sql, object? parameters)
    {
        var text = SqlText.Of(sql);
        if (tenant is not null)
        {
            if (text.ScopeProblem is not null)
            {
                throw new TenantScopeViolationException(text.ScopeProblem, sql);
            }

            if (text.PlanFor(parameters).SuppliesTenant)
            {
                throw new TenantScopeViolationException("Its parameters supply a tenant of their own.", sql);
            }
        }

        if (!canWrite && !text.IsRead)
        {
            throw new InvalidOperationException($"A read runs no such statement: {sql}");
        }

        return text;
    }
}
