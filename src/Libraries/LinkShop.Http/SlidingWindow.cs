using System.Threading.RateLimiting;

namespace LinkShop.Http;

/// <summary>
/// So many in any window, counted by its sixths. As the framework's limiter of a sliding window, which tells a refused caller to wait for a whole window; this one tells when the
/// next is allowed.
/// </summary>
/// <param name="permits">How many, at least 1.</param>
/// <param name="window">How long a window is.</param>
/// <param name="clock">The time.</param>
internal sealed class SlidingWindow(int permits, TimeSpan window, TimeProvider clock) : RateLimiter
{
    private const int Segments = 6;
    private static readonly Lease Granted = new(null);

    private readonly TimeSpan _segment = window / Segments;
    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[Segments];
    private readonly long _start = clock.GetTimestamp();
    private long _now;
    private int _taken;
    private TimeSpan _emptySince;

    /// <summary>How long nothing has been counted; null while something is.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                var now = Advance();
                return _taken > 0 ? null : now - _emptySince;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = Advance();
            if (_taken + permitCount <= permits)
            {
                _counts[_now % Segments] += permitCount;
                _taken += permitCount;
                _emptySince = _segment * (_now + Segments);
                return Granted;
            }

            // the oldest are forgotten first
            var left = _taken + permitCount - permits;
            var segment = Math.Max(0, _now - Segments + 1);
            while ((left -= _counts[segment % Segments]) > 0 && segment < _now)
                segment++;
            return new Lease(_segment * (segment + Segments) - now);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    private TimeSpan Advance()
    {
        var now = clock.GetElapsedTime(_start);
        var current = now.Ticks / _segment.Ticks;
        for (var passed = Math.Max(_now, current - Segments); passed < current;)
        {
            var at = ++passed % Segments;
            _taken -= _counts[at];
            _counts[at] = 0;
        }

        _now = current;
        return now;
    }

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
