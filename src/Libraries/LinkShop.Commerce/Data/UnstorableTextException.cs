using System.Data.Common;

namespace LinkShop.Commerce.Data;

/// <summary>A text has a zero character. SQLite would take it; it is refused with the state that PostgreSQL has for it, so that both are answered alike.</summary>
internal sealed class UnstorableTextException() : DbException("A text has a zero character, which can't be stored.")
{
    public override string SqlState => "22021";
}
