namespace OrchardCore.Navigation;

/// <summary>Page and size from the address.</summary>
public class PagerParameters
{
    /// <summary>Page, from 1.</summary>
    public int? Page { get; set; }

    /// <summary>Entries per page.</summary>
    public int? PageSize { get; set; }
}

/// <summary>A page of a list.</summary>
public class Pager
{
    /// <summary>The first page.</summary>
    public const int PageDefault = 1;

    /// <summary>Takes page and size from the address.</summary>
    public Pager(PagerParameters pagerParameters, int defaultPageSize)
        : this(pagerParameters.Page, pagerParameters.PageSize, defaultPageSize)
    {
    }

    /// <summary>Takes page and size; absent or invalid ones become the first page and the given size.</summary>
    public Pager(int? page, int? pageSize, int defaultPageSize)
    {
        Page = page is > 0 ? page.Value : PageDefault;
        PageSize = pageSize is > 0 ? pageSize.Value : defaultPageSize;
    }

    /// <summary>Page, from 1.</summary>
    public int Page { get; set; }

    /// <summary>Entries per page.</summary>
    public int PageSize { get; set; }

    /// <summary>Number of entries before the page.</summary>
    public int GetStartIndex(int? page = null) => ((page ?? Page) - 1) * PageSize;
}
