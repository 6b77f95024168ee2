using System.Reflection;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Tests.Outbox;

public sealed class MessageNamesTests
{
    [Fact]
    public void Every_event_has_a_name_of_its_own_for_the_list_of_messages_that_are_stuck()
    {
        var types = typeof(MessageNames).Assembly.GetExportedTypes().SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.IsLiteral && (f.Name == "EventType" || (f.DeclaringType is { IsAbstract: true, IsSealed: true } events && events.Name.EndsWith("Events", StringComparison.Ordinal)))).Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.True(types.Count > 30);
        Assert.DoesNotContain(types, t => MessageNames.Of(t) == t);
        Assert.Equal(types.Count, types.Select(MessageNames.Of).Distinct().Count());
        Assert.Equal("SomethingElse", MessageNames.Of("SomethingElse"));
    }
}
