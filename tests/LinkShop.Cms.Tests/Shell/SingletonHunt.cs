using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>Lists what in the singletons of LinkShop and of the host could hold one tenant's data while another one is served.</summary>
internal static class SingletonHunt
{
    private static readonly string[] _ours = ["LinkShop.", "OrchardCore."];

    /// <summary>Fields that can change after construction, as <c>Type.field</c>.</summary>
    internal static SortedSet<string> Find(IEnumerable<ServiceDescriptor> services)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in services.Where(s => s.Lifetime == ServiceLifetime.Singleton && !s.IsKeyedService).Select(TypeOf).OfType<Type>().Where(IsOurs).Distinct())
        {
            for (var at = type; at is not null && IsOurs(at); at = at.BaseType)
            {
                foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (CanChange(field)) found.Add($"{at.FullName!.Split('[')[0]}.{field.Name}");
                }
            }
        }
        return found;
    }

    private static Type? TypeOf(ServiceDescriptor service)
        => service.ImplementationInstance?.GetType() ?? service.ImplementationType ?? service.ImplementationFactory?.Method.ReturnType;

    private static bool IsOurs(Type type) => _ours.Any(o => type.FullName?.StartsWith(o, StringComparison.Ordinal) == true);

    private static bool CanChange(FieldInfo field)
    {
        if (field.IsLiteral) return false;
        // a primary constructor's parameter is not readonly but is only assigned when the code does so, which the analyzers forbid elsewhere
        var captured = field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal);
        var cachedDelegate = field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute)) || typeof(Delegate).IsAssignableFrom(field.FieldType);
        if (!field.IsInitOnly && !captured && !cachedDelegate) return true;
        return IsMutableContainer(field.FieldType);
    }

    private static bool IsMutableContainer(Type type)
    {
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) || type.IsInterface) return false;
        var name = type.FullName ?? "";
        // arrays and frozen collections are filled once
        return !type.IsArray && !name.StartsWith("System.Collections.Frozen.", StringComparison.Ordinal) && !name.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal);
    }
}
