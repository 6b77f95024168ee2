using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>A <see cref="ReconciliationSum"/> as it is stored.</summary>
internal sealed record SumDocument(SettlementType Type, string Currency, long Theirs, long Ours)
{
    public static SumDocument Of(ReconciliationSum sum) => new(sum.Type, sum.Theirs.Currency, sum.Theirs.Minor, sum.Ours.Minor);

    public ReconciliationSum ToSum() => new(Type, new Money(Theirs, Currency), new Money(Ours, Currency));
}

/// <summary>Stored JSON; written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SumDocument[]))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
