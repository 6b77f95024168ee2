namespace LinkShop.Cms;

/// <summary>A document that requests share and only read.</summary>
internal interface ISharedDocument
{
    /// <summary>
    /// Whether tenants with the same stored text share one object. Only for documents that the host reads itself and doesn't change:
    /// what a module got hold of and changed would change for every tenant.
    /// </summary>
    bool AcrossTenants => true;

    /// <summary>Called once, before anybody else sees it.</summary>
    void Share()
    {
    }
}
