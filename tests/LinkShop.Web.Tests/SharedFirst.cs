using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LinkShop.Web.Tests.SharedFirst))]

namespace LinkShop.Web.Tests;

/// <summary>Begins with the tests that share a platform: one after the other they take minutes, in which the other core would stand still in the end.</summary>
public sealed class SharedFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionClassName is null).ThenByDescending(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}
