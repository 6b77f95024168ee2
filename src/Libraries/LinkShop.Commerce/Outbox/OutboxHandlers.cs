using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Outbox;

/// <summary>Gives a message to its handlers: each in a scope of its own, so that none sees what another left half done, and each once.</summary>
public static class OutboxHandlers
{
    /// <summary>Runs every handler that wants the message and isn't done with it, whatever becomes of the others.</summary>
    /// <param name="message">The event.</param>
    /// <param name="inScope">Opens a scope, runs what it is given with the scope's services, and ends the scope.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>A task that fails with <see cref="OutboxHandlersException"/> if any handler failed.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "One failing handler doesn't keep the others from the message; its exception is thrown on.")]
    public static async Task RunAsync(OutboxMessage message, Func<Func<IServiceProvider, Task>, Task> inScope, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(message.Done?.Split('\n') ?? [], StringComparer.Ordinal);
        List<string> done = [.. seen];
        List<Exception> errors = [];
        bool more;
        do
        {
            more = false;
            string? name = null;
            try
            {
                await inScope(async services =>
                {
                    var waiting = Named(services, message.Type).Where(h => !seen.Contains(h.Name)).Take(2).ToList();
                    if (waiting.Count > 0)
                    {
                        more = waiting.Count > 1;
                        seen.Add(name = waiting[0].Name);
                        await waiting[0].Handler.HandleAsync(message, cancellationToken).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
                if (name is not null)
                    done.Add(name);
            }
            catch (Exception error)
            {
                errors.Add(error);
                // the process is stopping: the rest is for the next one, without those that are done
                if (cancellationToken.IsCancellationRequested)
                    throw new OutboxHandlersException([new OperationCanceledException(cancellationToken)], done);
            }
        }
        while (more);

        if (errors.Count > 0)
            throw new OutboxHandlersException(errors, done);
    }

    // by type; should there be several of one, also by place
    private static IEnumerable<(string Name, IOutboxHandler Handler)> Named(IServiceProvider services, string type)
        => services.GetServices<IOutboxHandler>().Where(h => h.Handles(type)).GroupBy(h => h.GetType().FullName!)
            .SelectMany(same => same.Select((handler, i) => (i == 0 ? same.Key : $"{same.Key}#{i + 1}", handler)));
}

/// <summary>Handlers of a message failed. Those that are done with it are remembered and don't get it again.</summary>
/// <param name="errors">What they threw.</param>
/// <param name="done">Names of the handlers that are done.</param>
public sealed class OutboxHandlersException(IReadOnlyList<Exception> errors, IReadOnlyList<string> done) : Exception("Handlers of the message failed.", Of(errors))
{
    /// <summary>Names of the handlers that are done, one a line; null for none.</summary>
    public string? Done { get; } = done.Count == 0 ? null : string.Join('\n', done);

    private static Exception Of(IReadOnlyList<Exception> errors)
        => errors.Count == 1 || errors.All(e => e is Placement.TenantMovingException) ? errors[0] : new AggregateException(errors);
}
