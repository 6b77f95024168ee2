using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LinkShop.Http;

/// <summary>
/// Dates in forms. One that MVC can't read (browsers let people type the year 10000) is bound as none at all, so whoever takes none for "without end" must look whether there was one; and its own message is
/// English.
/// </summary>
public static class DateFields
{
    /// <summary>Refuses what was typed into a field when it couldn't be read, or is no date to be reckoned with.</summary>
    /// <param name="state">The request's model state.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="typed">As it was read, or null.</param>
    /// <param name="message">What the person reads at the field.</param>
    /// <returns>Whether there is nothing wrong with it.</returns>
    public static bool Check(ModelStateDictionary state, string field, DateTime? typed, string message)
    {
        var isUnread = state.TryGetValue(field, out var entry) && entry.Errors.Count > 0;
        if (!isUnread && (typed is not { } read || LocalTime.IsUsual(read)))
            return true;
        entry?.Errors.Clear();
        state.AddModelError(field, message);
        return false;
    }

    /// <inheritdoc cref="Check(ModelStateDictionary, string, DateTime?, string)"/>
    public static bool Check(ModelStateDictionary state, string field, DateOnly? typed, string message) => Check(state, field, typed?.ToDateTime(TimeOnly.MinValue), message);
}
