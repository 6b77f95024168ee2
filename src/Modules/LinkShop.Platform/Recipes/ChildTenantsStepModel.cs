namespace LinkShop.Platform.Recipes;

/// <summary>The recipe step <c>ChildTenants</c>.</summary>
internal sealed class ChildTenantsStepModel
{
    public List<ChildTenant>? Tenants { get; set; }
}

/// <summary>A tenant to create. The administrator's name, e-mail and password come from the set-up that runs the recipe.</summary>
internal sealed class ChildTenant
{
    public string? Name { get; set; }

    public string? RequestUrlPrefix { get; set; }

    public string? RequestUrlHost { get; set; }

    /// <summary>A recipe with <c>issetuprecipe</c>.</summary>
    public string? RecipeName { get; set; }

    public string? SiteName { get; set; }

    public string? SiteTimeZone { get; set; }

    public string? Description { get; set; }

    public string? Category { get; set; }
}
