using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Navigation;

/// <summary>Collects entries of a menu.</summary>
public class NavigationBuilder
{
    private readonly List<MenuItem> _items = [];

    /// <summary>Adds an entry at a place.</summary>
    public NavigationBuilder Add(LocalizedString? caption, string? position, Action<NavigationItemBuilder> itemBuilder, IEnumerable<string>? classes = null, int priority = 0)
    {
        var builder = Start(caption, position, classes, priority);
        itemBuilder(builder);
        _items.AddRange(builder.Build());
        return this;
    }

    /// <summary>Adds an entry.</summary>
    public NavigationBuilder Add(LocalizedString? caption, Action<NavigationItemBuilder> itemBuilder, IEnumerable<string>? classes = null) => Add(caption, null, itemBuilder, classes);

    /// <summary>Adds an entry whose text is set by the delegate.</summary>
    public NavigationBuilder Add(Action<NavigationItemBuilder> itemBuilder, IEnumerable<string>? classes = null) => Add(null, null, itemBuilder, classes);

    /// <summary>Adds an entry at a place.</summary>
    public async Task<NavigationBuilder> AddAsync(LocalizedString? caption, string? position, Func<NavigationItemBuilder, Task> itemBuilder, IEnumerable<string>? classes = null, int priority = 0)
    {
        var builder = Start(caption, position, classes, priority);
        await itemBuilder(builder);
        _items.AddRange(builder.Build());
        return this;
    }

    /// <summary>The entries.</summary>
    public virtual List<MenuItem> Build() => _items;

    private static NavigationItemBuilder Start(LocalizedString? caption, string? position, IEnumerable<string>? classes, int priority)
    {
        var builder = new NavigationItemBuilder();
        if (caption is not null)
            builder.Caption(caption);

        if (position is not null)
            builder.Position(position);

        builder.Priority(priority);
        foreach (var name in classes ?? [])
            builder.AddClass(name);

        return builder;
    }
}

/// <summary>Describes one entry of a menu and its children.</summary>
public class NavigationItemBuilder : NavigationBuilder
{
    private readonly MenuItem _item;

    /// <summary>A new entry.</summary>
    public NavigationItemBuilder() => _item = new MenuItem();

    /// <summary>An entry that exists.</summary>
    public NavigationItemBuilder(MenuItem existingMenuItem) => _item = existingMenuItem ?? throw new ArgumentNullException(nameof(existingMenuItem));

    /// <summary>Sets the text.</summary>
    public NavigationItemBuilder Caption(LocalizedString caption) => With(item => item.Text = caption);

    /// <summary>Sets the place.</summary>
    public NavigationItemBuilder Position(string? position) => With(item => item.Position = position);

    /// <summary>Sets what wins when two providers add one entry.</summary>
    public NavigationItemBuilder Priority(int priority) => With(item => item.Priority = priority);

    /// <summary>Sets a fixed address.</summary>
    public NavigationItemBuilder Url(string url) => With(item => item.Url = url);

    /// <summary>Sets the window the link opens in.</summary>
    public NavigationItemBuilder Target(string target) => With(item => item.Target = target);

    /// <summary>Sets the HTML id.</summary>
    public NavigationItemBuilder Id(string id) => With(item => item.Id = id);

    /// <summary>Adds a CSS class.</summary>
    public NavigationItemBuilder AddClass(string className) => With(item =>
    {
        if (!item.Classes.Contains(className))
            item.Classes.Add(className);
    });

    /// <summary>Lets the entry lead to its first child.</summary>
    public NavigationItemBuilder LinkToFirstChild(bool value) => With(item => item.LinkToFirstChild = value);

    /// <summary>Makes the entry a tab of its parent's page.</summary>
    public NavigationItemBuilder LocalNav() => With(item => item.LocalNav = true);

    /// <summary>Needs a permission to be seen.</summary>
    public NavigationItemBuilder Permission(Permission permission) => With(item => item.Permissions.Add(permission));

    /// <summary>Needs one of the permissions to be seen.</summary>
    public NavigationItemBuilder Permissions(IEnumerable<Permission> permissions) => With(item => item.Permissions.AddRange(permissions));

    /// <summary>Sets what the permissions are checked on.</summary>
    public NavigationItemBuilder Resource(object? resource) => With(item => item.Resource = resource);

    /// <summary>Links to an action by route values.</summary>
    public NavigationItemBuilder Action(RouteValueDictionary values) => With(item => item.RouteValues = new RouteValueDictionary(values));

    /// <summary>Links to an action.</summary>
    public NavigationItemBuilder Action(string actionName, string controllerName, RouteValueDictionary values) => With(item =>
    {
        item.RouteValues = new RouteValueDictionary(values);
        item.RouteValues["action"] = actionName;
        item.RouteValues["controller"] = controllerName;
    });

    /// <summary>Links to an action.</summary>
    public NavigationItemBuilder Action(string actionName, string controllerName, object values) => Action(actionName, controllerName, new RouteValueDictionary(values));

    /// <summary>Links to an action of a module; the area is the module's id.</summary>
    public NavigationItemBuilder Action(string actionName, string controllerName, string areaName) => Action(actionName, controllerName, new RouteValueDictionary { ["area"] = areaName });

    /// <summary>Links to an action of a module; the area is the module's id.</summary>
    public NavigationItemBuilder Action(string actionName, string controllerName, string areaName, RouteValueDictionary values) =>
        Action(actionName, controllerName, new RouteValueDictionary(values) { ["area"] = areaName });

    /// <inheritdoc />
    public override List<MenuItem> Build()
    {
        _item.Items = base.Build();
        return [_item];
    }

    private NavigationItemBuilder With(Action<MenuItem> change)
    {
        change(_item);
        return this;
    }
}
