namespace LinkShop.Referrals.ViewModels;

/// <summary>What stands above a page that somebody came to by a shared link.</summary>
public class SharedNoteViewModel
{
    /// <summary>Id of the link.</summary>
    public string Link { get; set; } = "";

    /// <summary>Its share code, or null.</summary>
    public string? Code { get; set; }

    /// <summary>The click's token; null when it wasn't counted.</summary>
    public string? Click { get; set; }

    /// <summary>Who may earn by it.</summary>
    public string Disclosure { get; set; } = "";

    /// <summary>What the buyer saves with the code, in percent; 0 for nothing.</summary>
    public decimal Saves { get; set; }

    /// <summary>Days that the browser would remember it for.</summary>
    public int Days { get; set; }

    /// <summary>Whether the visitor is to be asked; not when they answered.</summary>
    public bool Asks { get; set; }

    /// <summary>Whether this browser remembers it already, and may be told to forget.</summary>
    public bool Remembers { get; set; }

    /// <summary>This page without the question.</summary>
    public string Back { get; set; } = "";
}
