namespace LinkShop.Cms.Tests.Admin;

internal static class AdminRecipe
{
    internal static string Text(string name, string moreFeatures) => $$"""
        {
          "name": "{{name}}", "displayName": "{{name}}", "issetuprecipe": true,
          "steps": [
            { "name": "feature", "enable": [
              {{moreFeatures}} "OrchardCore.Users", "OrchardCore.Roles", "OrchardCore.Media", "OrchardCore.Email", "OrchardCore.Contents",
              "OrchardCore.ContentTypes", "OrchardCore.Title", "OrchardCore.Autoroute" ] },
            { "name": "roles", "Roles": [
              { "Name": "Editor", "Permissions": ["AccessAdminPanel", "ListContent", "EditContent", "PublishContent", "PreviewContent"] },
              { "Name": "Clerk", "Permissions": ["AccessAdminPanel", "ListUsers", "EditUsers"] } ] },
            { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "Page", "DisplayName": "Page",
                "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true, "Versionable": true, "Securable": true } },
                "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "Page", "Name": "Page" } ] } ],
              "ContentParts": [ { "Name": "Page", "ContentPartFieldDefinitionRecords": [ { "FieldName": "MediaField", "Name": "Cover" } ] } ] },
            { "name": "media", "Files": [ { "TargetPath": "covers/a.svg", "Base64": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=" } ] }
          ]
        }
        """;
}
