using System.Net;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Support;
using LinkShop.VirtualGoods.Models;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.Title.Models;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Somebody with an account in a shop, their browser, and what they do there, without the pages that other tests are about.</summary>
internal sealed class OwnData(ShopRoutes shops, string name, string prefix = "/ann")
{
    /// <summary>What is delivered of <see cref="SellAsync"/>'s goods.</summary>
    public const string Delivered = "DELIVERED-SECRET-7";

    private string _cookies = "";

    public static TenantScope ScopeOf(ShopRoutes shops) => new(shops.Shops["ann"]);

    public string Name { get; } = name;

    public string Mail => Name + "@test.example";

    public string Id { get; private set; } = "";

    /// <summary>Makes the account and signs in.</summary>
    public static async Task<OwnData> JoinAsync(ShopRoutes shops, params string[] roles)
    {
        var person = new OwnData(shops, ShopPlatforms.Word());
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var user = new User { UserName = person.Name, Email = person.Mail, RoleNames = [.. roles] };
            await services.GetRequiredService<IUserService>().CreateUserAsync(user, ShopRoutes.Password, (key, message) => Assert.Fail($"{key}: {message}"));
            person.Id = user.UserId;
        });
        await person.SignInAsync();
        return person;
    }

    public async Task SignInAsync() => _cookies = await shops.SignInAsync(prefix, Name);

    /// <summary>The same person at another device.</summary>
    public async Task<OwnData> OtherDeviceAsync()
    {
        var other = new OwnData(shops, Name, prefix) { Id = Id };
        await other.SignInAsync();
        return other;
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.Location?.OriginalString);
    }

    /// <summary>Sends the form of a page with a password.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string password = ShopRoutes.Password, string formOf = "/account/data")
    {
        using var form = await SendAsync(HttpMethod.Get, formOf, null);
        var fields = Goods.ShopAdmin.FieldsOf(await form.Content.ReadAsStringAsync());
        var half = form.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];
        return await SendAsync(HttpMethod.Post, page, new() { ["Password"] = password, ["__RequestVerificationToken"] = fields["__RequestVerificationToken"] }, string.Join("; ", half.Prepend(_cookies)));
    }

    /// <summary>Sends a form without the token of a page, as another site would.</summary>
    public Task<HttpResponseMessage> ForgeAsync(string path) => SendAsync(HttpMethod.Post, path, new() { ["Password"] = ShopRoutes.Password });

    /// <summary>The file, as text and read.</summary>
    public async Task<(string Text, JsonElement File)> DownloadAsync()
    {
        using var answer = await PostAsync("/account/data");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var text = await answer.Content.ReadAsStringAsync();
        return (text, JsonDocument.Parse(text).RootElement);
    }

    public Task<User?> AccountAsync() => InAsync(async services => await services.GetRequiredService<UserManager<IUser>>().FindByIdAsync(Id) as User);

    /// <summary>Does something in the shop.</summary>
    public async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        T result = default!;
        await shops.InAsync(shops.Shops["ann"], async services => result = await work(services));
        return result;
    }

    /// <summary>Puts something on sale; gives its variant.</summary>
    public Task<string> SellAsync(long price, DeliveryKind delivery = DeliveryKind.Text) => InAsync(async services =>
    {
        var (manager, sku) = (services.GetRequiredService<IContentManager>(), "OWN-" + ShopPlatforms.Word());
        var item = await manager.NewAsync("Product");
        item.DisplayText = "Things of one's own";
        item.Alter<TitlePart>(title => title.Title = "Things of one's own");
        item.Alter<AutoroutePart>(route => route.Path = "goods/" + sku.ToLowerInvariant());
        item.Alter<VirtualGoodsPart>(goods =>
        {
            goods.Currency = "CNY";
            goods.Skus = [new SkuDefinition { Id = sku, Name = "One", PriceMinor = price, Delivery = delivery, DeliveryText = delivery == DeliveryKind.Text ? Delivered : null }];
        });
        var made = await manager.UpdateValidateAndCreateAsync(item, VersionOptions.Draft);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.ErrorMessage)));
        await manager.PublishAsync(item);
        return sku;
    });

    /// <summary>Orders while signed in, and pays if that is wanted.</summary>
    public Task<OrderReceipt> OrderAsync(string sku, bool pay = true, string? contact = null) => InAsync(async services =>
    {
        var scope = ScopeOf(shops);
        var made = await services.GetRequiredService<IOrdering>().CreateAsync(scope, new OrderRequest { Lines = [new OrderLineRequest { SkuId = sku }], Contact = contact ?? Mail, LookupPassword = "sesame-1", UserId = Id });
        Assert.True(made.Succeeded, made.Error?.Message);
        if (pay)
            Assert.True((await services.GetRequiredService<IOrderDesk>().ConfirmByHandAsync(scope, made.Value.OrderId, "the-clerk", "bank 1")).Succeeded);
        return made.Value;
    });

    /// <summary>Writes to the shop, about an order or in general.</summary>
    public Task<TicketReceipt> WriteAsync(string text, string? order = null) => InAsync(async services =>
    {
        var opened = await services.GetRequiredService<ITickets>().OpenAsync(ScopeOf(shops), new TicketDraft
        {
            Message = new MessageDraft { Id = Guid.NewGuid().ToString("n"), Text = text }, Category = TicketCategory.Question, OrderId = order, UserId = Id, Culture = "en",
        });
        Assert.True(opened.Succeeded, opened.Error?.Message);
        return opened.Value;
    });

    /// <summary>Promotes, with a code.</summary>
    public Task<ReferralLink> PromoteAsync(string shown, string code) => InAsync(async services =>
    {
        var (scope, program) = (ScopeOf(shops), services.GetRequiredService<IReferralProgram>());
        var rules = await program.FindAsync(scope);
        Assert.True((await program.SaveAsync(scope, (rules ?? new ReferralProgram()) with { Enabled = true }, "the-clerk")).Succeeded);
        var joined = await services.GetRequiredService<IPromoters>().JoinAsync(scope, new PromoterJoin { UserId = Id, Name = shown, ConfirmsAdult = true, Contacts = [Mail], DeviceId = "device-of-" + Name });
        Assert.True(joined.Succeeded, joined.Error?.Message);
        return (await services.GetRequiredService<IReferralLinks>().CreateAsync(scope, Id, new ReferralLinkDraft(ReferralTarget.Mall, Code: code))).Value;
    });

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Dictionary<string, string>? form, string? cookies = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://localhost{prefix}{path}"));
        if ((cookies ?? _cookies) is { Length: > 0 } sent)
            request.Headers.Add("Cookie", sent);
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form);
        using var client = shops.CreateClient();
        return await client.SendAsync(request);
    }
}
