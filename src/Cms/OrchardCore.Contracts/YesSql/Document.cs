namespace YesSql;

/// <summary>A stored document.</summary>
public class Document
{
    /// <summary>The identifier, unique in the database.</summary>
    public long Id { get; set; }

    /// <summary>The stored name of the .NET type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The JSON text.</summary>
    public string Content { get; set; } = "";

    /// <summary>Counts the times it was stored.</summary>
    public long Version { get; set; }
}

/// <summary>Another session has stored a newer version of a document since it was loaded.</summary>
public class ConcurrencyException : Exception
{
    /// <summary>Creates the exception for a document.</summary>
    public ConcurrencyException(Document document)
        : base($"The document {document.Id} ({document.Type}) was changed by another session.") => Document = document;

    /// <summary>The document that could not be stored.</summary>
    public Document Document { get; }
}
