using System.Data.Common;

namespace LinkShop.Cms.Shell.Database;

/// <summary>A request with a text that PostgreSQL can't store, nor our own statements anywhere: one with a zero character. No form of a page sends it, so no field's own check looks for it.</summary>
internal static class UnstorableText
{
    /// <summary>Whether an error is the database's refusal of such a text. Nothing of the statement was done.</summary>
    internal static bool IsRefusal(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException { SqlState: "22021" or "22P05" }) return true;
        }
        return false;
    }
}
