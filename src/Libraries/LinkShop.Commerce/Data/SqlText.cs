using System.Collections.Concurrent;
using System.Text;

namespace LinkShop.Commerce.Data;

/// <summary>What one look at a statement's text tells: its parameters, whether it can stay in a tenant's scope, and its PostgreSQL form. Kept for ever, so statement texts must be constants.</summary>
internal sealed class SqlText
{
    public const string TenantParameter = "tenant";
    private const int MaxCached = 10_000;
    private static readonly ConcurrentDictionary<string, SqlText> Cache = new(StringComparer.Ordinal);

    // a literal is the same object each time: found by its address instead of by all its characters, twenty times per order
    private static readonly ConcurrentDictionary<object, SqlText> Literals = new(ReferenceEqualityComparer.Instance);

    private readonly ConcurrentDictionary<(Type Row, CommerceDialect Dialect), Delegate> _mappers = new();
    private ParameterPlan? _lastPlan;

    private SqlText(string text)
    {
        Text = text;
        (Parameters, Positional, ScopeProblem) = Scan(text);
        IsRead = text.AsSpan().TrimStart().StartsWith("select", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan().TrimStart().StartsWith("with", StringComparison.OrdinalIgnoreCase);
    }

    public string Text { get; }

    /// <summary>Names in order of first use: SQLite numbers them like this too.</summary>
    public string[] Parameters { get; }

    /// <summary>The text with <c>$1</c> for the first name and so on.</summary>
    public string Positional { get; }

    public string? ScopeProblem { get; }

    public bool IsRead { get; }

    public static SqlText Of(string sql)
    {
        if (Literals.TryGetValue(sql, out var literal))
        {
            return literal;
        }

        if (!Cache.TryGetValue(sql, out var known))
        {
            if (Cache.Count >= MaxCached)
            {
                Cache.Clear();
                Literals.Clear();
            }

            known = Cache.GetOrAdd(sql, static s => new SqlText(s));
        }

        if (ReferenceEquals(string.IsInterned(sql), sql))
        {
            Literals.TryAdd(sql, known);
        }

        return known;
    }

    public ParameterPlan PlanFor(object? parameters)
    {
        var type = parameters?.GetType() ?? typeof(DBNull);
        var plan = _lastPlan;
        return plan?.Source == type ? plan : _lastPlan = new ParameterPlan(type, Parameters);
    }

    public Func<IRowReader, T> MapperFor<T>(IRowReader reader, CommerceDialect dialect)
        => (Func<IRowReader, T>)(_mappers.TryGetValue((typeof(T), dialect), out var mapper)
            ? mapper
            : _mappers[(typeof(T), dialect)] = RowMapper.Compile<T>(reader));

    private static (string[] Parameters, string Positional, string? Problem) Scan(string sql)
    {
        var names = new List<string>();
        var positional = new StringBuilder(sql.Length);
        string? problem = null;
        var ended = false;
        for (var i = 0; i < sql.Length;)
        {
            var end = SkipQuoted(sql, i);
            if (end > i)
            {
                positional.Append(sql, i, end - i);
                i = end;
                continue;
            }

            var c = sql[i];
            if (c is '$' or '`' or '\\' || Follows(sql, i, "/*"))
            {
                problem ??= $"'{c}' has no place in a scoped statement.";
            }

            if (ended && !char.IsWhiteSpace(c))
            {
                problem ??= "There is more than one statement.";
            }

            ended |= c == ';';
            var length = c == '@' && (i == 0 || !IsNamePart(sql[i - 1])) ? NameLength(sql, i + 1) : 0;
            if (length > 0)
            {
                var name = sql.Substring(i + 1, length);
                var known = names.FindIndex(n => n.Equals(name, StringComparison.Ordinal));
                if (known < 0)
                {
                    known = names.Count;
                    names.Add(name);
                }

                positional.Append('$').Append(known + 1);
                i += length + 1;
                continue;
            }

            positional.Append(c);
            i++;
        }

        return ([.. names], positional.ToString(), problem ?? (names.Contains(TenantParameter) ? null : "It does not use @tenant."));
    }

    /// <summary>Returns the end of the literal, quoted name, bracket or line comment that starts here, or the same position.</summary>
    private static int SkipQuoted(string sql, int start)
    {
        if (Follows(sql, start, "--"))
        {
            var line = sql.IndexOf('\n', start);
            return line < 0 ? sql.Length : line;
        }

        // a bracket is a quoted name on SQLite and a subscript on PostgreSQL: a tenant in there doesn't count on either
        var close = sql[start] switch { '\'' => '\'', '"' => '"', '[' => ']', _ => '\0' };
        if (close == '\0')
        {
            return start;
        }

        var end = sql.IndexOf(close, start + 1);
        return end < 0 ? sql.Length : end + 1;
    }

    private static bool Follows(string sql, int at, string what) => string.CompareOrdinal(sql, at, what, 0, what.Length) == 0;

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '@';

    private static int NameLength(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        return end - start;
    }
}
