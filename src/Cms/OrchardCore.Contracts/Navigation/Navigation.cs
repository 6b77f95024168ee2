using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Navigation;

/// <summary>Builds a menu from its providers.</summary>
public interface INavigationManager
{
    /// <summary>The entries of a menu that the reader may see, sorted, with addresses.</summary>
    Task<IEnumerable<MenuItem>> BuildMenuAsync(string name, ActionContext context);
}

/// <summary>Adds entries to menus.</summary>
public interface INavigationProvider
{
    /// <summary>Adds entries to the menu of that name.</summary>
    ValueTask BuildNavigationAsync(string name, NavigationBuilder builder);
}

/// <summary>Base of providers of one menu.</summary>
public abstract class NamedNavigationProvider : INavigationProvider
{
    /// <summary>Takes the menu's name.</summary>
    protected NamedNavigationProvider(string name) => Name = name;

    /// <summary>The menu's name.</summary>
    protected readonly string Name;

    /// <inheritdoc />
    public ValueTask BuildNavigationAsync(string name, NavigationBuilder builder) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) ? BuildAsync(builder) : ValueTask.CompletedTask;

    /// <summary>Adds entries.</summary>
    protected abstract ValueTask BuildAsync(NavigationBuilder builder);
}

/// <summary>Base of providers of the admin menu.</summary>
public abstract class AdminNavigationProvider : NamedNavigationProvider
{
    /// <summary>For the admin menu.</summary>
    protected AdminNavigationProvider()
        : base(NavigationConstants.AdminId)
    {
    }
}

/// <summary>Names of menus.</summary>
public static class NavigationConstants
{
    /// <summary>The admin menu.</summary>
    public const string AdminId = "admin";
}

/// <summary>An entry of a menu.</summary>
public class MenuItem
{
    /// <summary>Text to show.</summary>
    public LocalizedString Text { get; set; } = new("", "");

    /// <summary>HTML id and key for merging, if any.</summary>
    public string? Id { get; set; }

    /// <summary>Address to link to; set by the menu's builder.</summary>
    public string? Href { get; set; }

    /// <summary>Fixed address, if any.</summary>
    public string? Url { get; set; }

    /// <summary>Whether the entry only leads to its first child.</summary>
    public bool LinkToFirstChild { get; set; }

    /// <summary>Place among the entries.</summary>
    public string? Position { get; set; }

    /// <summary>Whether the entry is a tab of its parent's page.</summary>
    public bool LocalNav { get; set; }

    /// <summary>Culture for which alone the entry is shown, if any.</summary>
    public string? Culture { get; set; }

    /// <summary>What the permissions are checked on, if anything.</summary>
    public object? Resource { get; set; }

    /// <summary>Higher wins when two providers add one entry.</summary>
    public int Priority { get; set; }

    /// <summary>Window the link opens in, if any.</summary>
    public string? Target { get; set; }

    /// <summary>Children.</summary>
    public List<MenuItem> Items { get; set; } = [];

    /// <summary>Action to link to, if any.</summary>
    public RouteValueDictionary? RouteValues { get; set; }

    /// <summary>Permissions of which one is needed; none means everybody.</summary>
    public List<Permission> Permissions { get; set; } = [];

    /// <summary>CSS classes.</summary>
    public List<string> Classes { get; set; } = [];
}

/// <summary>Registers menus.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers a provider of menu entries.</summary>
    public static IServiceCollection AddNavigationProvider<TProvider>(this IServiceCollection services)
        where TProvider : class, INavigationProvider => services.AddScoped<INavigationProvider, TProvider>();
}
