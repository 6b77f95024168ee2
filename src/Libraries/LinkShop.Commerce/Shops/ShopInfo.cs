namespace LinkShop.Commerce.Shops;

/// <summary>A micro-shop as its platform knows it.</summary>
/// <param name="Shop">Name of its tenant; never changes.</param>
/// <param name="Number">Its number on the platform, in the order of opening.</param>
/// <param name="Slug">Its address below the platform's.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Category">What kind of goods it wants to sell, a code of the platform.</param>
/// <param name="OwnerUser">Id of the owner's account on the platform.</param>
/// <param name="OwnerName">The owner's user name there.</param>
/// <param name="OwnerEmail">The owner's mail address, or null.</param>
/// <param name="Plan">The plan it is on.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why it is paused or suspended, for its visitors; or null.</param>
/// <param name="CreatedAt">When its address was claimed.</param>
/// <param name="UpdatedAt">When something about it was changed.</param>
public sealed record ShopInfo(
    string Shop, long Number, string Slug, string Title, string Category, string OwnerUser, string OwnerName, string? OwnerEmail, string Plan,
    ShopState State, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The plan of a shop that nobody pays for.</summary>
    public const string FreePlan = "free";
}

/// <summary>Whose a shop is: an account of the platform.</summary>
/// <param name="UserId">Its id.</param>
/// <param name="Name">Its user name.</param>
/// <param name="Email">Its mail address, or null.</param>
public sealed record ShopOwner(string UserId, string Name, string? Email);

/// <summary>A wish for a shop.</summary>
/// <param name="Slug">The address wanted.</param>
/// <param name="Title">What it is to be called.</param>
/// <param name="Category">What kind of goods.</param>
/// <param name="Owner">Whose it is to be.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Actor">Who opens it, when that isn't its owner.</param>
public sealed record ShopClaim(string Slug, string Title, string Category, ShopOwner Owner, string Plan = ShopInfo.FreePlan, string? Actor = null);

/// <summary>Which shops to list, newest first.</summary>
/// <param name="Text">Something of the title, the address or the owner's name, or null.</param>
/// <param name="State">Only those in a state.</param>
/// <param name="Plan">Only those on a plan.</param>
/// <param name="OwnerUser">Only those of an account.</param>
/// <param name="Before">Number of the last shop on the page before, or null.</param>
/// <param name="Take">At most how many, up to 200.</param>
public sealed record ShopQuery(string? Text = null, ShopState? State = null, string? Plan = null, string? OwnerUser = null, long? Before = null, int Take = 50);

/// <summary>A page of shops.</summary>
/// <param name="Shops">The shops.</param>
/// <param name="Next">What to give as <see cref="ShopQuery.Before"/> for the next page; null on the last one.</param>
public sealed record ShopPage(IReadOnlyList<ShopInfo> Shops, long? Next);

/// <summary>One thing that was done with a shop.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="What">A code: <c>claimed</c>, <c>opened</c>, <c>paused</c>, <c>suspended</c>, <c>resumed</c>, <c>closed</c>, <c>renamed</c>, <c>retitled</c>, <c>transferred</c>, <c>entered</c>, <c>look</c>, <c>plan</c>, <c>domain_added</c>, <c>domain_proven</c>, <c>domain_lost</c>, <c>domain_forgotten</c>, <c>domain_removed</c>.</param>
/// <param name="Note">The reason, the former name, …; or null.</param>
public sealed record ShopLogEntry(DateTimeOffset At, string Actor, string What, string? Note);

/// <summary>What a shop is called.</summary>
/// <param name="Shop">Its tenant.</param>
/// <param name="Slug">Its present address.</param>
/// <param name="Title">Its name.</param>
public sealed record ShopName(string Shop, string Slug, string Title)
{
    /// <summary>Title and address: two shops may have one title.</summary>
    public string WithAddress => $"{Title} · /{Slug}";
}
