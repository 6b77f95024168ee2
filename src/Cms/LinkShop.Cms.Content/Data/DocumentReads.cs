using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using YesSql;

namespace LinkShop.Cms.Content.Data;

/// <summary>Reads of one document by its identifier, compiled once for each model: composing such a query anew costs more than the database does.</summary>
internal sealed class DocumentReads
{
    private static readonly ConditionalWeakTable<IModel, DocumentReads> Known = [];

    private DocumentReads()
    {
    }

    /// <summary>The stored text.</summary>
    public Func<ContentDbContext, long, Task<string?>> Text { get; } =
        EF.CompileAsyncQuery((ContentDbContext context, long id) => context.Documents.Where(row => row.Id == id).Select(row => row.Content).FirstOrDefault());

    /// <summary>The row.</summary>
    public Func<ContentDbContext, long, Task<Document?>> Row { get; } =
        EF.CompileAsyncQuery((ContentDbContext context, long id) => context.Documents.AsNoTracking().FirstOrDefault(row => row.Id == id));

    public static DocumentReads For(ContentDbContext context) => Known.GetValue(context.Model, static _ => new());
}
