using System.Net;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>On a site of its own: the limit would stop the other tests' sign-ins.</summary>
public sealed class LoginLimitTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Fact]
    public async Task Many_sign_ins_from_one_address_are_slowed_down_at_one_tenant_and_not_at_the_other()
    {
        using var browser = site.Browse();
        var last = HttpStatusCode.OK;
        for (var i = 0; i <= LinkShop.Cms.Admin.Users.LoginLimiter.AttemptsPerMinute; i++)
        {
            using var response = await browser.SignInAsync("nobody" + i, "wrong");
            last = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        using var elsewhere = await site.SignedInAsync(prefix: "/cards");
    }
}
