using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.Localization;

namespace LinkShop.Shops.Services;

/// <summary>Refusals and codes in the reader's language.</summary>
public sealed class ShopMessages(IStringLocalizer<ShopMessages> S)
{
    /// <summary>Why something was refused.</summary>
    public string Of(CommerceError error) => (error.Code, error.Field) switch
    {
        (ShopErrors.SlugTaken, _) => S["This address, or one that looks like it, is taken. Please choose another one."],
        (ShopErrors.SlugReserved, _) => S["This address is kept for the platform. Please choose another one."],
        (ShopErrors.TitleReserved, _) => S["This name reads as if the platform or a payment service itself were selling. Please choose another one."],
        (ShopErrors.Opening, _) => S["This shop is being opened right now. Wait a minute, then look at your shops."],
        (ShopErrors.TooMany, _) => S["You have as many shops as one person may have."],
        (ShopOpening.Failed, _) => S["The shop could not be set up, and nothing of it was kept. Please try again."],
        (CommerceErrors.AccessDenied, "owner") => S["You can't give a shop to yourself: somebody else has to."],
        (CommerceErrors.NotFound, "owner") => S["There is no user of this name or mail address."],
        (CommerceErrors.NotFound, "domain") => S["Your shop doesn't have this domain (any more)."],
        (ShopErrors.TooManyDomains, _) => S["The shop has as many domains as it may have. Remove one, or choose a higher plan."],
        (ShopErrors.DomainNotPossible, _) => S["Nobody can have this domain. Give one that you have bought, or a name below it."],
        (ShopErrors.DomainReserved, _) => S["This domain belongs to the platform. Give one of your own."],
        (ShopErrors.DomainTaken, _) => S["Another shop has this domain."],
        (CommerceErrors.Required or CommerceErrors.Invalid, "domain") => S["Give a host name like shop.example.com: no address of numbers, no path, no port."],
        (CommerceErrors.NotFound, "plan") => S["There is no such plan."],
        (CommerceErrors.NotFound, _) => S["There is no such shop."],
        (CommerceErrors.Invalid, "code") => S["A code has 1 to 30 small letters, digits or hyphens."],
        (CommerceErrors.Invalid, "feeBasisPoints") => S["The commission is 0 to 100 percent."],
        (CommerceErrors.Invalid, "limits") => S["A limit can't be below zero."],
        (CommerceErrors.Invalid, "until") => S["This end has passed already."],
        (CommerceErrors.IllegalTransition, _) => S["The shop isn't in a state in which that can be done."],
        (CommerceErrors.Required, "slug") => S["Please give the shop an address."],
        (CommerceErrors.Required, "title") => S["Please give the shop a name."],
        (CommerceErrors.Required, "reason") => S["Please say why."],
        (CommerceErrors.TooShort, "slug") => S["An address has at least 3 characters."],
        (CommerceErrors.TooLong, "slug") => S["An address has at most 30 characters."],
        (CommerceErrors.Invalid, "slug") => S["An address has small letters a–z, digits and single hyphens between them."],
        (CommerceErrors.TooLong, "title") => S["A name has at most 40 characters."],
        (CommerceErrors.Invalid, "title") => S["A name has letters or digits, and no invisible characters."],
        (CommerceErrors.TooLong, _) => S["That is too long."],
        (CommerceErrors.TooManyAttempts, _) => S["That was a bit much at once. Please wait a minute."],
        _ => S["That can't be done: {0}", error.Message],
    };

    /// <summary>Why one of several domains was refused.</summary>
    public string Of(string host, CommerceError error) => S["{0}: {1}", DomainNames.Show(host), Of(error)];

    /// <summary>Too many were opened from where the reader is.</summary>
    /// <param name="wait">After how long the next can be.</param>
    public string ShopsFromOneNetwork(TimeSpan wait) =>
        S["As many shops as may be opened from one network in an hour have been opened from yours. You can open the next in {0} minutes.", (int)Math.Ceiling(wait.TotalMinutes)];

    /// <summary>An address can be had.</summary>
    public string Free() => S["This address is free."];

    /// <summary>A state.</summary>
    public string State(ShopState state) => state switch
    {
        ShopState.Opening => S["Being opened"],
        ShopState.Open => S["Open for business"],
        ShopState.Paused => S["Paused"],
        ShopState.Suspended => S["Suspended"],
        _ => S["Closed"],
    };

    /// <summary>How far a domain is.</summary>
    public string State(ShopDomainState state) => state switch
    {
        ShopDomainState.Waiting => S["Waiting for proof"],
        ShopDomainState.Proven => S["In use"],
        _ => S["Lost"],
    };

    /// <summary>Why a look for a domain's proof found nothing.</summary>
    public string Why(string? why) => why switch
    {
        DomainProof.Different => S["A proof was found, but with another text. Copy it again."],
        DomainProof.NotPublic => S["There is no record, and the domain leads to an address that isn't on the public internet."],
        DomainProof.NoAnswer => S["The domain's name servers don't answer. We try again."],
        DomainProof.Taken => S["The proof is there, but another shop has this domain. As soon as that one gives it up it is yours."],
        _ => S["Neither the record nor the file can be found yet."],
    };

    /// <summary>What was done.</summary>
    public string What(string what) => what switch
    {
        "claimed" => S["Address claimed"],
        "opened" => S["Opened"],
        "paused" => S["Paused"],
        "suspended" => S["Suspended"],
        "resumed" => S["Open again"],
        "closed" => S["Closed"],
        "renamed" => S["New address, instead of"],
        "retitled" => S["New name, instead of"],
        "transferred" => S["New owner"],
        "entered" => S["Entered by the platform"],
        "domain_added" => S["Domain wanted"],
        "domain_proven" => S["Domain proven"],
        "domain_lost" => S["Domain lost: the proof is gone"],
        "domain_forgotten" => S["Domain no longer waited for"],
        "domain_removed" => S["Domain removed"],
        "plan" => S["Plan"],
        "look" => S["Another look"],
        _ => what,
    };

    /// <summary>More about what was done: codes of plans and looks in words.</summary>
    public string Note(ShopLogEntry entry)
    {
        var (codes, why) = entry.Note?.Split(": ", 2) is [var before, var after] ? (before, ": " + after) : (entry.Note ?? "–", "");
        return entry.What switch
        {
            "plan" => string.Join(" → ", codes.Split(" → ").Select(Plan)) + why,
            "look" => Preset(codes) + why,
            _ => entry.Note ?? "–",
        };
    }

    /// <summary>Who did it: people by their names, and what happens by itself.</summary>
    public string Actor(string actor) => actor switch
    {
        "system" => S["By itself"],
        ['o', 'r', 'd', 'e', 'r', ' ', .. var order] when CommerceId.IsWellFormed(order) => S["Order {0}", LinkShop.Commerce.Ordering.OrderNumber.Of(order)],
        _ => actor,
    };

    /// <summary>A plan.</summary>
    public string Plan(string code) => ShopPlan.NameOf(code) is { } name ? S[name] : code;

    /// <summary>An amount of storage.</summary>
    public static string Size(long bytes) => bytes >= 1000L * 1024 * 1024
        ? (bytes / 1024m / 1024m / (bytes % (1024L * 1024 * 1024) == 0 ? 1024 : 1000)).ToString("0.#", System.Globalization.CultureInfo.CurrentCulture) + " GB"
        : (bytes / 1024m / 1024m).ToString("0.#", System.Globalization.CultureInfo.CurrentCulture) + " MB";

    /// <summary>A kind of goods.</summary>
    public string Category(string code) => code switch
    {
        "gamecards" => S["Game cards and points"],
        "memberships" => S["Memberships"],
        "software" => S["Software and licences"],
        "courses" => S["Courses and guides"],
        "design" => S["Design and media"],
        "tickets" => S["Vouchers and tickets"],
        "" => "–",
        _ => S["Something else"],
    };

    /// <summary>A look.</summary>
    public string Preset(string id) => id switch
    {
        "sky" => S["Sky"],
        "forest" => S["Forest"],
        "sunset" => S["Sunset"],
        "berry" => S["Berry"],
        "ink" => S["Ink"],
        _ => S["Candy"],
    };

    /// <summary>A font.</summary>
    public string Font(string id) => id switch
    {
        "plain" => S["Plain font"],
        "round" => S["Round font"],
        "song" => S["Song (serif)"],
        "kai" => S["Kai (script)"],
        _ => S["Typewriter"],
    };

    /// <summary>Light, dark or both.</summary>
    public string Mode(string id) => id switch
    {
        "light" => S["Always light"],
        "dark" => S["Always dark"],
        _ => S["As the visitor's device"],
    };

    /// <summary>What shops are compared by.</summary>
    public string Measure(ShopMeasure measure) => measure switch
    {
        ShopMeasure.Turnover => S["Turnover"],
        ShopMeasure.Orders => S["Paid orders"],
        ShopMeasure.Products => S["Products on sale"],
        ShopMeasure.Requests => S["Requests"],
        ShopMeasure.MediaBytes => S["Files"],
        ShopMeasure.Records => S["Stored rows"],
        _ => S["Earned by the platform"],
    };

    /// <summary>What a shop waits for.</summary>
    public string Wait(ShopWait what) => what switch
    {
        ShopWait.Payout => S["Payouts to approve or to pay"],
        ShopWait.Payee => S["Payees to verify"],
        ShopWait.Appeal => S["Promoters' appeals"],
        _ => S["Refund requests to decide"],
    };

    /// <summary>Where that figure comes from.</summary>
    public string HowMeasured(ShopMeasure measure) => measure switch
    {
        ShopMeasure.Turnover => S["What buyers paid and didn't get back, by the shop's orders."],
        ShopMeasure.Orders => S["Orders that were ever paid, also those that were given back later."],
        ShopMeasure.Products => S["Products with at least one variant that can be bought, own ones and those of suppliers."],
        ShopMeasure.Requests => S["Pages, pictures and API calls that the shop answered, from this count's beginning on. They are added up every five minutes; when a process breaks down, its last minutes are missing."],
        ShopMeasure.MediaBytes => S["Size of the pictures and files in the shop's media, kept with each file that is added or deleted. Nothing until the shop's first file."],
        ShopMeasure.Records => S["Orders, their lines, deliveries and card keys in the database. Pages, products and accounts are not counted."],
        _ => S["The platform's revenue in the shop's ledger (commission less the refunds that the platform bore), and what the owner paid for plans. Payment costs and servers are not taken off."],
    };
}
