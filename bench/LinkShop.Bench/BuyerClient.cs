using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>One buyer on one connection, order after order, with the payment gateway's part played as well.</summary>
internal sealed class BuyerClient(Uri address, BenchGoods goods, int orders)
{
    private static int _buyer;

    public List<string> Keys { get; } = new(orders);

    public List<long> CreateTicks { get; } = new(orders);

    public List<long> CallbackTicks { get; } = new(orders);

    /// <summary>When each order was finished.</summary>
    public List<long> FinishedAt { get; } = new(orders);

    public string? Failure { get; private set; }

    public void Run()
    {
        try
        {
            using var connection = new LoadConnection(address);
            for (var i = 0; i < orders; i++)
                Buy(connection, Interlocked.Increment(ref _buyer));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.Net.Sockets.SocketException or JsonException)
        {
            Failure = e.Message;
        }
    }

    private void Buy(LoadConnection connection, int buyer)
    {
        var started = Stopwatch.GetTimestamp();
        var body = $$"""{"lines":[{"skuId":"{{goods.SkuId}}","quantity":1}],"contact":"{{goods.Contact(buyer)}}","lookupPassword":"bench-{{buyer}}"}""";
        var created = Expect(connection.Send("POST", goods.OrdersPath, Encoding.ASCII.GetBytes($"Idempotency-Key: bench-{buyer}\r\n"), Encoding.UTF8.GetBytes(body)), 201);
        var orderId = Text(created, "orderId"u8);
        var token = Text(created, "accessToken"u8);
        var paying = Stopwatch.GetTimestamp();
        CreateTicks.Add(paying - started);

        var paid = Encoding.UTF8.GetBytes($$"""{"eventId":"evt-{{orderId}}","type":"paid","orderId":"{{orderId}}","amount":{{goods.PriceMinor}},"currency":"{{goods.Currency}}","occurredAt":"{{DateTime.UtcNow:O}}"}""");
        var signature = Encoding.ASCII.GetBytes($"{SandboxGateway.SignatureHeader}: {SandboxGateway.Sign(paid)}\r\n");
        Expect(connection.Send("POST", goods.CallbackPath, signature, paid), 200);
        CallbackTicks.Add(Stopwatch.GetTimestamp() - paying);

        var order = Expect(connection.Send("GET", goods.OrdersPath + "/" + orderId, Encoding.ASCII.GetBytes($"Authorization: Bearer {token}\r\n"), default), 200);
        ReadKeys(order);
        FinishedAt.Add(Stopwatch.GetTimestamp());
    }

    private void ReadKeys(ReadOnlyMemory<byte> order)
    {
        using var document = JsonDocument.Parse(order);
        foreach (var line in document.RootElement.GetProperty("lines").EnumerateArray())
            foreach (var key in line.GetProperty("deliveries").EnumerateArray())
                Keys.Add(key.GetString()!);
    }

    private static ReadOnlyMemory<byte> Expect((int Status, ReadOnlyMemory<byte> Body) answer, int status) =>
        answer.Status == status ? answer.Body : throw new InvalidOperationException($"{answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)}");

    // one member of a flat object: a full parse would cost the client as much as the server spent
    private static string Text(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read())
                return reader.GetString()!;
        throw new InvalidOperationException($"No {Encoding.UTF8.GetString(name)} in {Encoding.UTF8.GetString(json.Span)}");
    }
}
