using System.Text.Json;

namespace LinkShop.Commerce.Outbox;

/// <summary>A stored event on its way to its handlers.</summary>
/// <param name="Id">Unique in the database, the same on every redelivery: handlers use it to recognise a repetition.</param>
/// <param name="Tenant">The tenant in which it happened.</param>
/// <param name="Type">Name of the event.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Attempt">1 for the first delivery.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Done">Names of the handlers that are done with it, one a line; null at first.</param>
public sealed record OutboxMessage(long Id, string Tenant, string Type, string Payload, int Attempt, DateTimeOffset CreatedAt, string? Done = null)
{
    /// <summary>Reads the payload.</summary>
    /// <typeparam name="T">Type that was given to <see cref="IOutbox.Add{T}"/>, or one with the same JSON.</typeparam>
    /// <returns>The payload.</returns>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload, JsonSerializerOptions.Web)
        ?? throw new JsonException($"Message {Id} ({Type}) has no payload.");
}
