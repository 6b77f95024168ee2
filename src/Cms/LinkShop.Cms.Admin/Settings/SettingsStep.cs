using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Settings;

/// <summary>The recipe step <c>settings</c>: site settings by name; any other object is a section of a module.</summary>
internal sealed class SettingsStep(ISiteService siteService, IStringLocalizer<SettingsStep> S) : NamedRecipeStepHandler("settings")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var site = await siteService.LoadSiteSettingsAsync();
        foreach (var (name, value) in context.Step)
        {
            try
            {
                Apply(site, name, value);
            }
            catch (Exception exception) when (exception is InvalidOperationException or FormatException or TimeZoneNotFoundException or InvalidTimeZoneException or System.Text.Json.JsonException)
            {
                context.Errors.Add(S["The setting '{0}' has a value of the wrong kind: {1}", name, value?.ToJsonString() ?? "null"]);
            }
        }

        if (context.Errors.Count == 0) await siteService.UpdateSiteSettingsAsync(site);
    }

    private static void Apply(ISite site, string name, JsonNode? value)
    {
        switch (name)
        {
            case "name": break;
            case nameof(ISite.SiteName): site.SiteName = value?.GetValue<string>() ?? ""; break;
            case nameof(ISite.BaseUrl): site.BaseUrl = value?.GetValue<string>(); break;
            case nameof(ISite.PageTitleFormat): site.PageTitleFormat = value?.GetValue<string>(); break;
            case nameof(ISite.SiteSalt): site.SiteSalt = value?.GetValue<string>(); break;
            case nameof(ISite.SuperUser): site.SuperUser = value?.GetValue<string>(); break;
            case nameof(ISite.TimeZoneId): site.TimeZoneId = TimeZoneInfo.FindSystemTimeZoneById(value!.GetValue<string>()).Id; break;
            case nameof(ISite.PageSize): site.PageSize = value!.GetValue<int>(); break;
            case nameof(ISite.MaxPageSize): site.MaxPageSize = value!.GetValue<int>(); break;
            case nameof(ISite.HomeRoute):
                site.HomeRoute = new RouteValueDictionary(value!.AsObject().ToDictionary(pair => pair.Key, pair => (object?)pair.Value?.ToString()));
                break;
            default: site.Properties[name] = value?.DeepClone(); break;
        }
    }
}
