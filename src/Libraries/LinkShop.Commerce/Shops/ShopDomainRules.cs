using static LinkShop.Commerce.Shops.ShopDomainState;

namespace LinkShop.Commerce.Shops;

/// <summary>What follows from a look at a domain: Waiting → Proven → Lost → Proven. The whole state machine, without a database.</summary>
public static class ShopDomainRules
{
    /// <summary>How long a domain is waited for.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(14);

    /// <summary>How long a proof may be gone.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromDays(7);

    /// <summary>How long a proof is gone before its owner hears of it: a slip of a name server is no news.</summary>
    public static readonly TimeSpan WarnedAfter = TimeSpan.FromHours(12);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>The domain after a look; null when it isn't waited for any longer.</summary>
    /// <param name="was">Before.</param>
    /// <param name="proof">What was found.</param>
    /// <param name="held">Whether another shop has the domain.</param>
    /// <param name="now">The present.</param>
    public static ShopDomain? After(ShopDomain was, DomainProof proof, bool held, DateTimeOffset now)
    {
        was = was with { CheckedAt = now, Why = proof.Method is null ? proof.Why : held ? DomainProof.Taken : null };
        // the word of the platform's staff isn't overruled by a look
        if (was is { State: Proven, Method: DomainProofMethod.Platform })
            return was with { Why = null };
        if (proof.Method is { } method && !held)
            return was with { State = Proven, Method = method, GoneSince = null, WarnedAt = null, NextCheck = method == DomainProofMethod.Platform ? null : now + TimeSpan.FromDays(1) };
        return was.State switch
        {
            Waiting => StillWaiting(was, now),
            Proven => StillProven(was, proof, now),
            _ => was,
        };
    }

    private static ShopDomain? StillWaiting(ShopDomain was, DateTimeOffset now)
    {
        var age = now - was.CreatedAt;
        if (age >= ForgottenAfter)
            return null;
        // every 5 minutes while somebody sits at the desk, then more and more rarely down to once an hour
        return was with { NextCheck = now + TimeSpan.FromTicks(Math.Clamp(age.Ticks / 12, Soon.Ticks, TimeSpan.TicksPerHour)) };
    }

    private static ShopDomain StillProven(ShopDomain was, DomainProof proof, DateTimeOffset now)
    {
        // silence takes nothing away: whoever buys a domain that has lapsed makes it answer
        if (!proof.Answered)
            return was with { NextCheck = now + TimeSpan.FromHours(1) };
        var since = was.GoneSince ?? now;
        if (now - since >= LostAfter)
            return was with { State = Lost, GoneSince = null, WarnedAt = null, NextCheck = null };
        return was with { GoneSince = since, WarnedAt = was.WarnedAt ?? (now - since >= WarnedAfter ? now : null), NextCheck = now + TimeSpan.FromHours(6) };
    }
}
