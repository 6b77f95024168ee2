using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Reads and compares outside of the transaction that stores: on SQLite checkouts wait for each write.</summary>
internal sealed class ReconciliationImporter(ICommerceDatabase database, ReconciliationStore store, TimeProvider clock)
{
    private const int Attempts = 5;

    public async Task<CommerceResult<string>> ImportAsync(TenantScope scope, ReconciliationRequest request, Stream content, CancellationToken cancellationToken)
    {
        var errors = Validate(request);
        if (errors.Count > 0)
            return CommerceResult<string>.Failure(errors);
        try
        {
            var file = await SettlementFileReader.ReadAsync(content, new SettlementClock(request.Zone), cancellationToken).ConfigureAwait(false);
            // kept in milliseconds, so compared in them
            var period = request.Period is { } given ? InMilliseconds(given) : file.OwnPeriod();
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var compared = await CompareAsync(scope, request.Provider, file, period, cancellationToken).ConfigureAwait(false);
                if (await store.AddAsync(scope, request, file, compared, period, cancellationToken).ConfigureAwait(false) is { } id)
                    return id;
            }

            return new CommerceError(CommerceErrors.Conflict, "Other files of this provider kept coming in meanwhile.");
        }
        catch (RefusedException refused)
        {
            return CommerceResult<string>.Failure(refused.Errors);
        }
    }

    private Task<ComparedFile> CompareAsync(TenantScope scope, string provider, SettlementFile file, ReconciliationPeriod period, CancellationToken cancellationToken) =>
        database.ReadAsync(scope, async connection =>
        {
            // before the look: what is told from then on may not be in it
            var at = clock.GetUtcNow();
            // first: what is imported after this look makes the store refuse the comparison
            var imported = await OurSide.ImportedAsync(connection, provider).ConfigureAwait(false);
            ReconciliationStore.RefuseSecond(imported, file.Hash);
            var comparison = new Comparison(file.Lines, await OurSide.InPeriodAsync(connection, provider, period).ConfigureAwait(false));
            await OurSide.AddOutsideAsync(connection, comparison, provider, period, imported).ConfigureAwait(false);
            return new ComparedFile(comparison.End(), imported.Count, at);
        }, cancellationToken);

    private static ReconciliationPeriod InMilliseconds(ReconciliationPeriod period) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(period.From.ToUnixTimeMilliseconds()), DateTimeOffset.FromUnixTimeMilliseconds(period.Until.ToUnixTimeMilliseconds()));

    private static List<CommerceError> Validate(ReconciliationRequest request)
    {
        var errors = new List<CommerceError>();
        Check(request.Provider, "provider", 64);
        Check(request.FileName, "fileName", 200);
        Check(request.Actor, "actor", 128);
        if (request.Period is { } period && InMilliseconds(period) is var rounded && rounded.From >= rounded.Until)
            errors.Add(new CommerceError(CommerceErrors.Invalid, "The end must be after the start.", "period"));
        return errors;

        void Check(string? text, string field, int most)
        {
            if (ReconciliationTexts.Problem(text, field, most) is { } error)
                errors.Add(error);
        }
    }
}

/// <summary>A comparison, how many files of the provider it knew of, and a moment before it looked at our side.</summary>
internal sealed record ComparedFile(ComparisonResult Result, int Known, DateTimeOffset At);

/// <summary>What texts of people must be.</summary>
internal static class ReconciliationTexts
{
    public static CommerceError? Problem(string? text, string field, int most) =>
        string.IsNullOrWhiteSpace(text) ? new(CommerceErrors.Required, $"The {field} is required.", field)
            : text.Length > most ? new(CommerceErrors.TooLong, $"At most {most} characters.", field)
            // PostgreSQL keeps none, and it would end a text elsewhere
            : text.Contains('\0', StringComparison.Ordinal) ? new(CommerceErrors.Invalid, "There is a zero character in it.", field) : null;
}
