using System.Collections;
using System.Linq.Expressions;
using YesSql.Services;

namespace LinkShop.Cms.Content.Data;

/// <summary>Puts what EF Core translates in place of YesSql's own operators: <c>IsIn</c> and <c>IsNotIn</c>.</summary>
internal sealed class FilterRewriter : ExpressionVisitor
{
    private static readonly FilterRewriter Instance = new();

    public static Expression<Func<TIndex, bool>> Rewrite<TIndex>(Expression<Func<TIndex, bool>> filter) => (Expression<Func<TIndex, bool>>)Instance.Visit(filter);

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType != typeof(DefaultQueryExtensions))
            return base.VisitMethodCall(node);
        var value = Unboxed(node.Arguments[0]);
        // The list stays an expression of the caller's variables, so that EF Core caches the query and sends it as parameters.
        var values = Unboxed(node.Arguments[1]);
        var wanted = typeof(IEnumerable<>).MakeGenericType(value.Type);
        if (!wanted.IsAssignableFrom(values.Type))
            values = Expression.Constant(Cast(Expression.Lambda<Func<IEnumerable>>(node.Arguments[1]).Compile()(), value.Type), wanted);
        Expression contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [value.Type], values, value);
        return node.Method.Name switch
        {
            nameof(DefaultQueryExtensions.IsIn) => contains,
            nameof(DefaultQueryExtensions.IsNotIn) => Expression.Not(contains),
            _ => throw new NotSupportedException($"A query can't use {node.Method.Name}."),
        };
    }

    private static Expression Unboxed(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert && (convert.Type == typeof(object) || convert.Type == typeof(IEnumerable)) ? convert.Operand : expression;

    private static Array Cast(IEnumerable values, Type type)
    {
        var items = values.Cast<object?>().ToArray();
        var array = Array.CreateInstance(type, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }
}
