using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Placement;

namespace LinkShop.Web.Tests.Processes;

/// <summary>What operators put on their servers is the published folder, not the build's.</summary>
public sealed partial class PublishedSiteTests
{
    [Fact]
    public async Task The_published_folder_by_itself_sets_up_the_demo_shows_it_and_sells()
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-site-").FullName;
        try
        {
            using (var publish = Process.Start(new ProcessStartInfo("dotnet",
                ["publish", Path.Combine(Repository.Root, "src", "Web", "LinkShop.Web"), "-c", Repository.Configuration, "--no-build", "--nologo", "-v", "q", "-o", folder]) { RedirectStandardOutput = true })!)
            {
                var said = await publish.StandardOutput.ReadToEndAsync();
                await publish.WaitForExitAsync();
                Assert.True(publish.ExitCode == 0, said);
            }

            await using var server = await LinkShopServer.StartAsync(new ServerOptions(Settings: Buyer.NoLimits, Assembly: Path.Combine(folder, "LinkShop.Web.dll")));
            var home = await server.Client.GetStringAsync(new Uri("/" + LinkShopServer.Mall, UriKind.Relative));
            var files = Files().Matches(home).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct().ToList();
            Assert.Contains(files, f => f.Contains("bootstrap", StringComparison.Ordinal));
            foreach (var file in files)
            {
                using var answer = await server.Client.GetAsync(new Uri(file, UriKind.RelativeOrAbsolute));
                Assert.Equal((file, HttpStatusCode.OK), (file, answer.StatusCode));
            }

            using var buyer = new Buyer(server);
            var order = (await buyer.OrderAsync(ShopBuyers.Sku))!;
            Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync(order));
            Assert.Single(await buyer.KeysAsync(order));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("(?:<link[^>]* href|<script[^>]* src|<img[^>]* src)=\"(/[^\"]+)\"")]
    private static partial Regex Files();
}
