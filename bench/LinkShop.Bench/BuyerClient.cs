using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>One buyer on one connection, order after order, with the payment gateway's part played as well.</summary>
internal sealed class BuyerClient(Uri address, BenchGoods goods, int orders) : IDisposable
{
    private static int s_buyer;
    private readonly LoadConnection _connection = new(address);
    private int _left = orders;
    private long _since;
    private Action<ReadOnlyMemory<byte>>? _next;

    public List<string> Keys { get; } = new(orders);

    public List<long> CreateTicks { get; } = new(orders);

    public List<long> CallbackTicks { get; } = new(orders);

    /// <summary>When each order was finished.</summary>
    public List<long> FinishedAt { get; } = new(orders);

    public Socket Socket => _connection.Socket;

    public bool IsDone => _left == 0;

    /// <summary>Begins the next order.</summary>
    public void Create()
    {
        var buyer = Interlocked.Increment(ref s_buyer);
        var body = $$"""{"lines":[{"skuId":"{{goods.SkuId}}","quantity":1}],"contact":"{{goods.Contact(buyer)}}","lookupPassword":"bench-{{buyer}}"{{(goods.Referral is { Code: var code } ? $",\"referralCode\":\"{code}\"" : "")}}}""";
        _since = Stopwatch.GetTimestamp();
        _connection.Send("POST", goods.OrdersPath, Encoding.ASCII.GetBytes($"Idempotency-Key: bench-{buyer}\r\n"), Encoding.UTF8.GetBytes(body));
        _next = Pay;
    }

    /// <summary>Takes what the server sent, and goes on when that is a whole answer.</summary>
    /// <exception cref="InvalidOperationException">The server refused.</exception>
    public void Advance()
    {
        if (_connection.Receive() is not { } answer)
            return;
        if (answer.Status is not (200 or 201))
            throw new InvalidOperationException($"A buyer was refused: {answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)}");
        _next!(answer.Body);
    }

    public void Dispose() => _connection.Dispose();

    private void Pay(ReadOnlyMemory<byte> created)
    {
        var orderId = Text(created, "orderId"u8);
        var token = Text(created, "accessToken"u8);
        CreateTicks.Add(Lap());
        var paid = Encoding.UTF8.GetBytes($$"""{"eventId":"evt-{{orderId}}","type":"paid","orderId":"{{orderId}}","amount":{{goods.Referral?.PriceMinor ?? goods.PriceMinor}},"currency":"{{goods.Currency}}","occurredAt":"{{DateTime.UtcNow:O}}"}""");
        var signature = Encoding.ASCII.GetBytes($"{SandboxGateway.SignatureHeader}: {SandboxGateway.Sign(paid)}\r\n");
        _connection.Send("POST", goods.CallbackPath, signature, paid);
        _next = _ =>
        {
            CallbackTicks.Add(Lap());
            _connection.Send("GET", goods.OrdersPath + "/" + orderId, Encoding.ASCII.GetBytes($"Authorization: Bearer {token}\r\n"), default);
            _next = Finish;
        };
    }

    private void Finish(ReadOnlyMemory<byte> order)
    {
        ReadKeys(order);
        FinishedAt.Add(Stopwatch.GetTimestamp());
        if (--_left > 0)
            Create();
    }

    private long Lap()
    {
        var before = _since;
        return (_since = Stopwatch.GetTimestamp()) - before;
    }

    private void ReadKeys(ReadOnlyMemory<byte> order)
    {
        using var document = JsonDocument.Parse(order);
        foreach (var line in document.RootElement.GetProperty("lines").EnumerateArray())
            foreach (var key in line.GetProperty("deliveries").EnumerateArray())
                Keys.Add(key.GetString()!);
    }

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
