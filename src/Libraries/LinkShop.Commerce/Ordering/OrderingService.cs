using LinkShop.Commerce.Data;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Ordering;

/// <summary>What a buyer does with orders.</summary>
internal sealed class OrderingService(
    ICommerceDatabase database, ISecretProtector protector, OfferVersions versions, OrderCreation creation, OrderReader reader, OrderLists lists, OrderRelease release,
    LookupGuard guard, SupplyOrders supply, DeliveryLog log, ReferralAttributor referrals, OrderingOptions options, TimeProvider clock) : IOrdering
{
    private const int MaxFound = 50;

    // paid ones first: unpaid ones cost nothing, so anybody can pile them up under another's contact
    private const string ByContact = $"""
        select * from ({OrderLists.Select} and o.contact_hash = @contact and {Paid} order by o.id desc limit 200) p union all
        select * from ({OrderLists.Select} and o.contact_hash = @contact and not ({Paid}) order by o.id desc limit 200) u
        """;

    private const string Paid = "(o.paid_at is not null and o.total > 0)";

    private const string ByUser = OrderLists.Select + " and o.user_id = @userId and o.id < @before order by o.id desc limit @take";

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such order, or this doesn't open it.");

    private static readonly CommerceError Blocked = new(CommerceErrors.TooManyAttempts, "Too many wrong attempts. Try again later.");

    public async Task<CommerceResult<OrderQuote>> QuoteAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default)
    {
        var errors = OrderRequestRules.CheckLines(request);
        if (errors.Count > 0)
            return CommerceResult<OrderQuote>.Failure(errors);
        // only a code makes a price another one
        var cipher = string.IsNullOrWhiteSpace(request.Referral?.Code) ? null : await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        try
        {
            var order = await database.ReadAsync(scope, async c =>
            {
                var now = clock.GetUtcNow();
                var asked = cipher is null ? null : referrals.Ask(c, ReferralBuyer.Of(request, cipher, now));
                var offers = await CurrentOffers.ReadAsync(c, versions, request).ConfigureAwait(false);
                var brought = await referrals.DecideAsync(c, asked, offers).ConfigureAwait(false);
                var priced = await OrderCreation.PriceAsync(c, request, offers, now, quote: true, brought).ConfigureAwait(false);
                if (priced.Lines.Any(l => l.Offer.Supply is not null))
                    await supply.CheckAsync(c, request, priced, now).ConfigureAwait(false);
                return priced;
            }, cancellationToken).ConfigureAwait(false);
            Money In(long minor) => new(minor, order.Currency);
            var quoted = order.Lines.Select(l => new OrderQuoteLine(l.Offer.SkuId, l.Offer.Title, l.Offer.Variant, l.Quantity, In(l.UnitPrice), In(l.Surcharge), In(l.Discount), In(l.Total)));
            return new OrderQuote([.. quoted], In(order.Subtotal), In(order.Discount), In(order.Total));
        }
        catch (RefusedException refused)
        {
            return CommerceResult<OrderQuote>.Failure(refused.Errors);
        }
    }

    public async Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default)
    {
        var contact = Contact.Normalize(request.Contact);
        var errors = OrderRequestRules.CheckLines(request);
        OrderRequestRules.CheckBuyer(request, contact, errors);
        if (errors.Count > 0)
            return CommerceResult<OrderReceipt>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var draft = OrderDraft.Of(request, contact, cipher, clock.GetUtcNow(), options);
        try
        {
            return await database.WriteAsync(scope, c => creation.CreateAsync(c, draft), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<OrderReceipt>.Failure(refused.Errors);
        }
        catch (IdempotencyConflictException)
        {
            return new CommerceError(CommerceErrors.IdempotencyMismatch, "This idempotency key was used for another request.", "idempotencyKey");
        }
    }

    public async Task<CommerceResult<OrderView>> GetAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default)
    {
        var result = await ReadAsync(scope, orderId, access, cancellationToken).ConfigureAwait(false);
        if (result.Succeeded && !access.Unseen && result.Value.Lines.Any(l => l.Deliveries.Count > 0))
            log.Record(scope, orderId, "viewed");
        return result;
    }

    public async Task<CommerceResult<string>> DownloadAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default)
    {
        var result = await ReadAsync(scope, orderId, access, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            return CommerceResult<string>.Failure(result.Errors);
        var delivered = result.Value.Lines.SelectMany(l => l.Deliveries).ToArray();
        if (delivered.Length == 0)
            return new CommerceError(CommerceErrors.NotFound, "Nothing was delivered yet.");
        log.Record(scope, orderId, "downloaded");
        var replaced = result.Value.Lines.SelectMany(l => l.Replaced);
        return string.Concat(delivered.Concat(replaced.Select(r => $"# {r.Old} → {r.New}")).Select(d => d + "\r\n"));
    }

    public async Task<CommerceResult<IReadOnlyList<OrderSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default)
    {
        var normalized = Contact.Normalize(contact);
        var errors = new List<CommerceError>();
        if (normalized is null)
            errors.Add(new(string.IsNullOrWhiteSpace(contact) ? CommerceErrors.Required : CommerceErrors.Invalid, "An e-mail address or phone number is required.", "contact"));
        if (string.IsNullOrWhiteSpace(password))
            errors.Add(new(CommerceErrors.Required, "The lookup password is required.", "lookupPassword"));
        if (errors.Count > 0)
            return CommerceResult<IReadOnlyList<OrderSummary>>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var (hash, address) = (Contact.Hash(cipher, normalized!), Contact.HashAddress(cipher, clientAddress));
        if (await guard.BeginAsync(scope, hash, address, cancellationToken).ConfigureAwait(false) is not { } attempt)
            return Blocked;
        var found = await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderLists.Row>(ByContact, new { contact = hash }).ConfigureAwait(false);
            var opened = rows.Where(r => OrderSecrets.IsPassword(cipher, r.Id, r.PasswordHash, password!)).OrderByDescending(r => r.Id, StringComparer.Ordinal);
            return await lists.SummariesAsync(c, opened.Take(MaxFound), cipher).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return NotFound;
        await guard.SucceededAsync(scope, attempt, cancellationToken).ConfigureAwait(false);
        return CommerceResult<IReadOnlyList<OrderSummary>>.Success(found);
    }

    public async Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default)
    {
        var order = await ReadAsync(scope, orderId, access, cancellationToken).ConfigureAwait(false);
        return order.Succeeded
            ? await database.WriteAsync(scope, c => CancelAsync(c, release, orderId), cancellationToken).ConfigureAwait(false)
            : CommerceResult<OrderState>.Failure(order.Errors);
    }

    public async Task<IReadOnlyList<OrderSummary>> ListForUserAsync(TenantScope scope, string userId, string? beforeOrderId = null, int take = 20, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderLists.Row>(ByUser, new { userId, before = beforeOrderId ?? "ZZZ", take = Math.Clamp(take, 1, 100) }).ConfigureAwait(false);
            return await lists.SummariesAsync(c, rows, cipher).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<OrderSummary?> FindUnpaidAsync(TenantScope scope, string skuId, IReadOnlyList<(string OrderId, string Token)> held, string? userId, CancellationToken cancellationToken = default)
    {
        if (held.Count == 0 && userId is null)
            return null;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        string[] ids = [.. held.Where(o => OrderSecrets.IsToken(cipher, o.OrderId, o.Token)).Select(o => o.OrderId)];
        return await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderLists.Row>(OrderLists.Unpaid(c), new { ids, userId = userId ?? "", skuId, now = clock.GetUtcNow() }).ConfigureAwait(false);
            return (await lists.SummariesAsync(c, rows, cipher).ConfigureAwait(false)).FirstOrDefault();
        }, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<CommerceResult<OrderState>> CancelAsync(ICommerceConnection connection, OrderRelease release, string orderId)
    {
        var rows = await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false);
        if (rows.Count == 0)
            return NotFound;
        if (rows[0].SupplyShop is not null)
            return SupplyRules.Bound;
        if (rows[0].State == OrderState.Cancelled || await release.EndAsync(connection, orderId, rows[0].Coupon, OrderState.Cancelled, rows[0].Supplies).ConfigureAwait(false))
            return OrderState.Cancelled;
        return new CommerceError(CommerceErrors.IllegalTransition, $"An order that {rows[0].State.Words()} can't be cancelled.");
    }

    private async Task<CommerceResult<OrderView>> ReadAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken)
    {
        if (!CommerceId.IsWellFormed(orderId))
            return NotFound;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        // an unknown token needs no look at the database: it is a function of the id
        if (access.Token is { } token && !OrderSecrets.IsToken(cipher, orderId, token))
            return NotFound;
        LookupAttempt? attempt = null;
        if (access.Password is not null)
        {
            attempt = await guard.BeginAsync(scope, cipher.Fingerprint("order:" + orderId), Contact.HashAddress(cipher, access.ClientAddress), cancellationToken).ConfigureAwait(false);
            if (attempt is null)
                return Blocked;
        }

        var view = await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderRow>(OrderRow.ByIdWithKeys, new { orderId }).ConfigureAwait(false);
            return rows.Count == 0 || !IsAllowed(rows[0], access, cipher)
                ? null
                : await reader.ViewAsync(c, rows, cipher, withSecrets: true).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (view is null)
            return NotFound;
        if (attempt is not null)
            await guard.SucceededAsync(scope, attempt, cancellationToken).ConfigureAwait(false);
        return view;
    }

    private static bool IsAllowed(OrderRow order, OrderAccess access, ITenantCipher cipher)
    {
        if (access.Password is { } password)
            return OrderSecrets.IsPassword(cipher, order.Id, order.PasswordHash, password);
        return access.UserId is { } user ? order.UserId == user : access.Token is not null;
    }
}
