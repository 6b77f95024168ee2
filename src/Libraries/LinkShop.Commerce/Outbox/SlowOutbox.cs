namespace LinkShop.Commerce.Outbox;

/// <summary>A message that this process has claimed.</summary>
internal sealed class ClaimedMessage(OutboxMessage message, DateTimeOffset until)
{
    public OutboxMessage Message { get; } = message;

    /// <summary>When the lease ends.</summary>
    public DateTimeOffset Until { get; set; } = until;
}

/// <summary>What becomes of a message.</summary>
internal enum OutboxTurn
{
    /// <summary>It is handled with the batch.</summary>
    Now,

    /// <summary>Its lane is slow and has room: it is handled beside the batch.</summary>
    Beside,

    /// <summary>It waits in memory until its lane has room.</summary>
    Waits,

    /// <summary>Enough are waiting: it goes back.</summary>
    Back,
}

/// <summary>
/// Keeps slow work out of everybody's way. A message that takes long leaves its place in the batch and makes its lane, which is its tenant and event, a slow one: what comes after it
/// there is handled beside the batches, only so many at a time of one lane, and of one event in all tenants.
/// </summary>
internal sealed class SlowOutbox(OutboxOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Event> _events = new(StringComparer.Ordinal);
    private readonly HashSet<ClaimedMessage> _held = [];

    /// <summary>Whether anything is being handled or waits here.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _held.Count == 0;
        }
    }

    /// <summary>What this process has claimed and not finished, besides its current batch.</summary>
    public IReadOnlyList<ClaimedMessage> Held()
    {
        lock (_lock)
            return [.. _held];
    }

    /// <summary>Asks what becomes of a message whose turn it is.</summary>
    public OutboxTurn Offer(ClaimedMessage claimed)
    {
        lock (_lock)
        {
            if (!_events.TryGetValue(claimed.Message.Type, out var type) || (type.Running < options.SlowParallelism && !type.Lanes.ContainsKey(claimed.Message.Tenant)))
                return OutboxTurn.Now;
            var lane = type.LaneOf(claimed.Message.Tenant);
            if (HasRoom(type, lane))
            {
                Begin(claimed, type, lane);
                return OutboxTurn.Beside;
            }

            if (lane.Waiting >= options.Parallelism * 4 || type.Waiting.Count >= options.BatchSize)
                return OutboxTurn.Back;
            _held.Add(claimed);
            type.Waiting.AddLast(claimed);
            lane.Waiting++;
            return OutboxTurn.Waits;
        }
    }

    /// <summary>A message of the batch takes long.</summary>
    public void Begin(ClaimedMessage claimed)
    {
        lock (_lock)
        {
            if (!_events.TryGetValue(claimed.Message.Type, out var type))
                _events[claimed.Message.Type] = type = new();
            Begin(claimed, type, type.LaneOf(claimed.Message.Tenant));
        }
    }

    /// <summary>A slow message is done.</summary>
    /// <param name="claimed">The message.</param>
    /// <param name="took">How long it took.</param>
    /// <returns>The one whose turn it is now, if any.</returns>
    public ClaimedMessage? End(ClaimedMessage claimed, TimeSpan took)
    {
        lock (_lock)
        {
            _held.Remove(claimed);
            var type = _events[claimed.Message.Type];
            type.Took = type.Took == default ? took : ((type.Took * 7) + took) / 8;
            type.Running--;
            type.LaneOf(claimed.Message.Tenant).Running--;
            Tidy(claimed.Message, type);
            for (var node = type.Waiting.First; node is not null; node = node.Next)
            {
                var lane = type.LaneOf(node.Value.Message.Tenant);
                if (!HasRoom(type, lane))
                    continue;
                type.Waiting.Remove(node);
                lane.Waiting--;
                Begin(node.Value, type, lane);
                return node.Value;
            }

            return null;
        }
    }

    /// <summary>When messages of a lane that go back shall come again: when those before them may be done.</summary>
    /// <param name="message">One of them.</param>
    /// <param name="count">How many they are.</param>
    public DateTimeOffset NextDue(OutboxMessage message, int count)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_events.TryGetValue(message.Type, out var type))
                return now;
            var lane = type.LaneOf(message.Tenant);
            var took = type.Took > options.SlowAfter ? type.Took : options.SlowAfter;
            var before = Longer(took * lane.Waiting / options.Parallelism, took * type.Waiting.Count / options.SlowParallelism);
            var due = lane.Next > now + before ? lane.Next : now + before;
            due = due < now + LongestPause ? due : now + LongestPause;
            lane.Next = due + (took * count / options.Parallelism);
            Tidy(message, type);
            return due;
        }
    }

    /// <summary>Takes out all that wait.</summary>
    public IReadOnlyList<ClaimedMessage> TakeWaiting()
    {
        lock (_lock)
        {
            List<ClaimedMessage> waiting = [.. _events.Values.SelectMany(e => e.Waiting)];
            foreach (var type in _events.Values)
            {
                type.Waiting.Clear();
                foreach (var lane in type.Lanes.Values)
                    lane.Waiting = 0;
            }

            _held.ExceptWith(waiting);
            return waiting;
        }
    }

    private bool HasRoom(Event type, Lane lane) => type.Running < options.SlowParallelism && lane.Running < options.Parallelism;

    private void Begin(ClaimedMessage claimed, Event type, Lane lane)
    {
        _held.Add(claimed);
        type.Running++;
        lane.Running++;
    }

    // a lane with nothing in it is a fast one again; what went back is looked at anew when it comes
    private void Tidy(OutboxMessage message, Event type)
    {
        if (type.LaneOf(message.Tenant) is { Running: 0, Waiting: 0 })
            type.Lanes.Remove(message.Tenant);
        if (type.Lanes.Count == 0)
            _events.Remove(message.Type);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Event
    {
        public int Running { get; set; }

        /// <summary>How long a slow one takes.</summary>
        public TimeSpan Took { get; set; }

        public LinkedList<ClaimedMessage> Waiting { get; } = [];

        public Dictionary<string, Lane> Lanes { get; } = new(StringComparer.Ordinal);

        public Lane LaneOf(string tenant)
        {
            if (!Lanes.TryGetValue(tenant, out var lane))
                Lanes[tenant] = lane = new();
            return lane;
        }
    }

    private sealed class Lane
    {
        public int Running { get; set; }

        public int Waiting { get; set; }

        /// <summary>When the next that goes back comes again.</summary>
        public DateTimeOffset Next { get; set; }
    }
}
