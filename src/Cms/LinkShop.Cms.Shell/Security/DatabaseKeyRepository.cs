using System.Xml.Linq;
using Dapper;
using LinkShop.Cms.Shell.Database;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LinkShop.Cms.Shell.Security;

internal sealed class DatabaseKeyRepository(ICmsDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Open();
        return [.. connection.Query<string>("select xml from protection_key order by name").Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Open();
        connection.Execute(
            "insert into protection_key (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
            new { name = string.IsNullOrEmpty(friendlyName) ? Guid.NewGuid().ToString("n") : friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
