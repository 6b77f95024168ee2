using System.Collections;

namespace YesSql.Services;

/// <summary>Operators for index filters.</summary>
public static class DefaultQueryExtensions
{
    /// <summary>Whether the value is one of <paramref name="values"/>.</summary>
    public static bool IsIn(this object source, IEnumerable values) => values.Cast<object>().Any(value => Equals(value, source));

    /// <summary>Whether the value is none of <paramref name="values"/>.</summary>
    public static bool IsNotIn(this object source, IEnumerable values) => !IsIn(source, values);
}
