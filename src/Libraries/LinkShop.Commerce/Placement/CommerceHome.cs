namespace LinkShop.Commerce.Placement;

/// <summary>A database as the work on it knows it: its name, empty for the main one, and who is where.</summary>
internal sealed record CommerceHome(string Name, ICommercePlacement Placement)
{
    /// <summary>Work over two tenants is one transaction, so both have to be here.</summary>
    /// <param name="tenant">Whose work it is.</param>
    /// <param name="other">The other one.</param>
    /// <param name="writes">Whether the work may write.</param>
    /// <exception cref="RefusedException">The other one is on another database.</exception>
    /// <exception cref="TenantMovingException">The other one is being moved, and rows of it would be written.</exception>
    public void Require(string? tenant, string other, bool writes)
    {
        var place = Placement.PlaceOf(other);
        if (!string.Equals(place.Database ?? "", Name, StringComparison.Ordinal))
        {
            throw new RefusedException(
                CommerceErrors.OtherDatabase,
                $"'{tenant}' is on the database '{DatabaseNames.Of(Name)}' and '{other}' on '{DatabaseNames.Of(place.Database)}', so nothing can be done for both at once. With move-shop one of them can be brought to the other's.");
        }

        if (writes && place.IsMoving)
            throw new TenantMovingException(other);
    }
}
