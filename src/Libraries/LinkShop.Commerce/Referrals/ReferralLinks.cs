using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralLinks(ICommerceDatabase database, TimeProvider clock) : IReferralLinks
{
    private const string Columns = "select id, promoter, target, target_id, channel, campaign, code, active, at from referral_link where tenant = @tenant";

    // nobody earns by a link, and nobody saves by it, whose promoter is stopped or has left
    private const string IsSelling = "exists (select 1 from referral_promoter p where p.tenant = referral_link.tenant and p.id = referral_link.promoter and p.state = 'Active')";
    private const string One = "select id, promoter, target, target_id, channel, campaign, code, (active and " + IsSelling + ") as active, at from referral_link where tenant = @tenant and id = @id";

    private const string Insert = """
        insert into referral_link (tenant, id, promoter, target, target_id, channel, campaign, code, code_key, active, at)
        values (@tenant, @id, @promoter, @target, @targetId, @channel, @campaign, @code, @key, @active, @now) on conflict do nothing
        """;

    private const string Same = Columns + " and promoter = @promoter and target = @target and target_id = @targetId and channel = @channel and campaign = @campaign";
    private const string ByCode = Columns + " and active and " + IsSelling + " and code_key in (@code1, @code2, @code3)";

    public async Task<CommerceResult<ReferralLink>> CreateAsync(TenantScope scope, string userId, ReferralLinkDraft draft, CancellationToken cancellationToken = default)
    {
        var (targetId, channel, campaign) = (draft.TargetId?.Trim() ?? "", draft.Channel?.Trim() ?? "", draft.Campaign?.Trim() ?? "");
        if (Check(draft, targetId, channel, campaign) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ReferralLink>>(scope, async c =>
        {
            if (await Promoters.FindAsync(c, userId).ConfigureAwait(false) is not { } promoter)
                return new CommerceError(ReferralErrors.NoPromoter, "This user isn't a promoter here.");
            if (promoter.State != PromoterState.Active)
                return new CommerceError(ReferralErrors.PromoterInactive, promoter.Reason ?? "This promoter isn't active.");
            var same = new { promoter = userId, draft.Target, targetId, channel, campaign };
            if (await c.QuerySingleOrDefaultAsync<ReferralLink>(Same, same).ConfigureAwait(false) is { } known)
                return known;
            var now = clock.GetUtcNow();
            // a made code that exists already is as likely as nothing; one tries again all the same
            for (var attempt = 0; attempt < (draft.Code is null ? 5 : 1); attempt++)
            {
                var code = draft.Code?.Trim() ?? ReferralCodes.Make();
                var values = new { id = ReferralCodes.LinkId(), promoter = userId, draft.Target, targetId, channel, campaign, code, key = ReferralCodes.Key(code), active = true, now };
                await c.ExecuteAsync(Insert, values).ConfigureAwait(false);
                if (await c.QuerySingleOrDefaultAsync<ReferralLink>(Same, same).ConfigureAwait(false) is { } made)
                    return made;
            }

            return new CommerceError(ReferralErrors.CodeTaken, "Somebody else has this code. Choose another one.", "code");
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<ReferralLink>> ListAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, c => c.QueryAsync<ReferralLink>(Columns + " and promoter = @userId order by at desc, id limit @take", new { userId, take = Math.Clamp(take, 1, 10_000) }), cancellationToken);

    public Task<ReferralLink?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<ReferralLink>(One, new { id }), cancellationToken);

    public async Task<ReferralLink?> ResolveAsync(TenantScope scope, string? text, CancellationToken cancellationToken = default)
    {
        var keys = ReferralCodes.KeysIn(text);
        if (keys.Length == 0)
            return null;
        var found = await database.ReadAsync(
            scope, c => c.QueryAsync<ReferralLink>(ByCode, new { code1 = keys[0], code2 = keys.ElementAtOrDefault(1), code3 = keys.ElementAtOrDefault(2) }), cancellationToken).ConfigureAwait(false);
        // the one that is marked first
        return keys.Select(k => found.FirstOrDefault(l => ReferralCodes.Key(l.Code) == k)).FirstOrDefault(l => l is not null);
    }

    public Task<CommerceResult<ReferralLink>> SwitchAsync(TenantScope scope, string userId, string id, bool active, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<ReferralLink>>(scope, async c =>
        {
            await c.ExecuteAsync("update referral_link set active = @active where tenant = @tenant and id = @id and promoter = @userId", new { id, userId, active }).ConfigureAwait(false);
            return await c.QuerySingleOrDefaultAsync<ReferralLink>(Columns + " and id = @id and promoter = @userId", new { id, userId }).ConfigureAwait(false) is { } link
                ? link
                : new CommerceError(ReferralErrors.NoLink, "There is no such link of this promoter.");
        }, cancellationToken);

    private static CommerceError? Check(ReferralLinkDraft draft, string targetId, string channel, string campaign)
    {
        if (!Enum.IsDefined(draft.Target) || (draft.Target == ReferralTarget.Mall) != (targetId.Length == 0) || targetId.Length > 100)
            return new(CommerceErrors.Invalid, "A link leads to a product, a shop, or the whole mall.", "target");
        if (channel.Length > 30)
            return new(CommerceErrors.TooLong, "At most 30 characters.", "channel");
        if (campaign.Length > 60)
            return new(CommerceErrors.TooLong, "At most 60 characters.", "campaign");
        if (draft.Code is not null && ReferralCodes.Key(draft.Code) is null)
            return new(CommerceErrors.Invalid, "A code has 2 to 30 letters and digits.", "code");
        return ReferralWords.Claim(draft.Code) is { } word ? new(ReferralErrors.NameRefused, $"A code doesn't promise income or the whole price back, or use words of pyramid schemes: “{word}”.", "code") : null;
    }
}
