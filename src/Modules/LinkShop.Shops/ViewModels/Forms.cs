using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Shops.ViewModels;

/// <summary>The fields of a look, as the wizard and the shop desk have them.</summary>
public class LookForm
{
    public string? Preset { get; set; }

    /// <summary>Whether the two colours are the owner's own.</summary>
    public bool OwnColours { get; set; }

    public string? Primary { get; set; }

    public string? Accent { get; set; }

    public string? Font { get; set; }

    public string? Mode { get; set; }

    public string? SloganZh { get; set; }

    public string? SloganEn { get; set; }

    public IFormFile? Logo { get; set; }

    public IFormFile? Banner { get; set; }

    public bool RemoveLogo { get; set; }

    public bool RemoveBanner { get; set; }
}

/// <summary>The wizard's form.</summary>
public sealed class OpenForm : LookForm
{
    public string? Title { get; set; }

    public string? Slug { get; set; }

    public string? Category { get; set; }
}

/// <summary>The wizard's page.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Base">The address that the shop's is added to.</param>
/// <param name="MayOpen">Whether this person may have one more shop.</param>
public sealed record OpenPage(OpenForm Form, string Base, bool MayOpen);

/// <summary>Fields and preview of a look.</summary>
/// <param name="Form">What is chosen.</param>
/// <param name="Title">The shop's name, for the preview.</param>
/// <param name="Logo">Address of the present logo, or null.</param>
/// <param name="Banner">Address of the present banner, or null.</param>
public sealed record LookFields(LookForm Form, string Title, string? Logo, string? Banner);

/// <summary>A shop and where it is.</summary>
public sealed record ShopCard(ShopInfo Shop, string Address, string? AtDomain, string Path);

/// <summary>The platform's list of shops.</summary>
public sealed record ShopList(IReadOnlyList<ShopInfo> Shops, long? Next, string? Q, ShopState? State, string? Plan, string? Owner);

/// <summary>One shop, for the platform. <paramref name="Refused"/> is the action that refused what was typed into its form, or null.</summary>
public sealed record ShopDetail(ShopCard Card, IReadOnlyList<(ShopLogEntry Entry, DateTimeOffset Local)> Log, string? Domains, bool MayEnter, string? Preset, string? Refused);

/// <summary>The platform's form for a shop of somebody else.</summary>
public sealed class CreateForm
{
    public string? Slug { get; set; }

    public string? Title { get; set; }

    public string? Category { get; set; }

    public string? Preset { get; set; }

    public string? Owner { get; set; }
}

/// <summary>The shop desk's page for the look.</summary>
public sealed record LookPage(LookFields Fields, string Title, string? PlatformReason);

/// <summary>The shop desk's page for opening and notices.</summary>
public sealed record OpeningPage(ShopStatus Status, ShopNotes Notes, ShopHours Hours, string? Zone, Services.OpeningNow Now);

/// <summary>What is shown in place of a shop or its checkout.</summary>
public sealed record ShutPage(ShopStatus Status, bool ClosedNow, DateTimeOffset? OpensAt);

/// <summary>The shop desk's page for sharing.</summary>
public sealed record SharePage(string Address, string Title, string? Slogan);

/// <summary>The shop desk's page for mails. <paramref name="Default"/> is the owner's account's address, or null.</summary>
public sealed record ShopMailsPage(string? Addresses, string? Default);

/// <summary>What the storefront says at its top.</summary>
public class ShopNoticeViewModel
{
    public ShopStatus Status { get; set; } = new();

    public ShopNotes Notes { get; set; } = new();

    /// <summary>Whether it is open by its hours.</summary>
    public Services.OpeningNow Now { get; set; } = new(true, true, null);
}

/// <summary>The head of the shop's first page.</summary>
public class ShopFrontViewModel
{
    public string? Slogan { get; set; }

    public bool HasBanner { get; set; }
}

/// <summary>The head of the platform's pages.</summary>
public class PlatformHeaderViewModel
{
    public IReadOnlyList<(string Culture, string Name, string Url)> Languages { get; set; } = [];
}

/// <summary>A domain as its owner sees it.</summary>
public sealed record DomainCard(ShopDomain Domain, string Name, DateTimeOffset? CheckedAt, DateTimeOffset? LostAt);

/// <summary>The shop desk's page for domains. <paramref name="Target"/> is where they have to lead, or null; <paramref name="Platform"/> where the platform is; <paramref name="Most"/> how many the plan has room for.</summary>
public sealed record DomainsPage(IReadOnlyList<DomainCard> Domains, DomainTarget? Target, string Platform, string? Typed, int Most);
