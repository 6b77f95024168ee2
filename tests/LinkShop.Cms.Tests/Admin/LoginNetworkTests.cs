using System.Net;
using LinkShop.Cms.Admin.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Admin;

public sealed class LoginNetworkTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2")]
    public void Sign_ins_from_all_addresses_of_one_network_count_together(string one, string same, string other)
    {
        var two = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute", (string?)"2")]).Build();
        using var limiter = new LoginLimiter(two);
        using var services = new ServiceCollection().AddSingleton(new ShellSettings { Name = "Mall" }).BuildServiceProvider();
        Assert.True(limiter.TryAttempt(From(one)));
        Assert.True(limiter.TryAttempt(From(same)));
        Assert.False(limiter.TryAttempt(From(one)));
        Assert.True(limiter.TryAttempt(From(other)));

        DefaultHttpContext From(string address) => new() { RequestServices = services, Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
    }
}
