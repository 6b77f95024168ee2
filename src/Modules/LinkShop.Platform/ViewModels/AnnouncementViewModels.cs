using LinkShop.Commerce.Announcements;

namespace LinkShop.Platform.ViewModels;

/// <summary>The banners of a page.</summary>
public class AnnouncementBannersViewModel
{
    public IReadOnlyList<Announcement> Announcements { get; set; } = [];

    public string ReturnUrl { get; set; } = "";
}

/// <summary>What is posted to publish one; times are the site's.</summary>
public sealed class AnnouncementForm
{
    public string? TextZh { get; set; }

    public string? TextEn { get; set; }

    public AnnouncementLevel Level { get; set; }

    public DateTime? StartsAt { get; set; }

    public DateTime? EndsAt { get; set; }
}

/// <summary>The platform's screen.</summary>
public sealed record AnnouncementsViewModel(IReadOnlyList<Announcement> All, AnnouncementForm Form, DateTimeOffset Now);
