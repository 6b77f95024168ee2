using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Implementation;

/// <summary>
/// Makes a shape out of any view model: a generated subclass implements <see cref="IShape"/> by forwarding to an inner
/// <see cref="ShapeViewModel"/>. A class that is a shape already is created as it is.
/// </summary>
internal static class ShapeProxies
{
    private static readonly ConcurrentDictionary<Type, Func<object>> _factories = new();
    private static readonly ModuleBuilder _module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("LinkShop.ShapeProxies"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("proxies");

    private static int _number;

    public static IShape Create(Type type) => (IShape)_factories.GetOrAdd(type, BuildFactory)();

    private static Func<object> BuildFactory(Type type)
    {
        var concrete = typeof(IShape).IsAssignableFrom(type) ? type : Generate(type);
        var constructor = concrete.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [])
            ?? throw new InvalidOperationException($"The view model {type} needs a constructor without parameters to be a shape.");
        return Expression.Lambda<Func<object>>(Expression.New(constructor)).Compile();
    }

    private static Type Generate(Type type)
    {
        if (type.IsSealed || !type.IsVisible || type.GetConstructor([]) is not { } baseConstructor)
            throw new InvalidOperationException($"The view model {type} must be public, not sealed, and have a public constructor without parameters to be a shape.");

        lock (_module)
        {
            var builder = _module.DefineType($"{type.Name}_Shape{++_number}", TypeAttributes.Public | TypeAttributes.Class, type, [typeof(IShape), typeof(IPositioned)]);
            var inner = builder.DefineField("_shape", typeof(ShapeViewModel), FieldAttributes.Private | FieldAttributes.InitOnly);
            DefineConstructor(builder, inner, baseConstructor);
            foreach (var method in typeof(IShape).GetMethods().Concat(typeof(IPositioned).GetMethods()))
                Forward(builder, inner, method);

            return builder.CreateType();
        }
    }

    private static void DefineConstructor(TypeBuilder builder, FieldBuilder inner, ConstructorInfo baseConstructor)
    {
        var il = builder.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, typeof(ShapeViewModel).GetConstructor([])!);
        il.Emit(OpCodes.Stfld, inner);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, baseConstructor);
        il.Emit(OpCodes.Ret);
    }

    // Explicit implementations: a view model may have members of the same names (Id, Position, Items).
    private static void Forward(TypeBuilder builder, FieldBuilder inner, MethodInfo method)
    {
        var parameters = method.GetParameters();
        var forward = builder.DefineMethod(
            method.DeclaringType!.FullName + "." + method.Name,
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            Array.ConvertAll(parameters, parameter => parameter.ParameterType));

        var il = forward.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, inner);
        for (var i = 1; i <= parameters.Length; i++)
            il.Emit(OpCodes.Ldarg, (short)i);

        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
        builder.DefineMethodOverride(forward, method);
    }
}
