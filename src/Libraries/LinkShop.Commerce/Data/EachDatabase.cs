using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace LinkShop.Commerce.Data;

/// <summary>Chores over all databases.</summary>
internal static class EachDatabase
{
    /// <summary>Does the same in each database: one that is away keeps no other from it.</summary>
    /// <param name="database">All of them.</param>
    /// <param name="work">What to do in one; gives how much was done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How much was done in all.</returns>
    /// <exception cref="AggregateException">Several failed; of one its own exception is thrown. The others are done.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever failed in one database is thrown when all were tried.")]
    public static async Task<int> InEachAsync(this ICommerceDatabase database, Func<ICommerceDatabase, Task<int>> work, CancellationToken cancellationToken)
    {
        var total = 0;
        List<Exception> errors = [];
        foreach (var each in database.EveryDatabase)
        {
            try
            {
                total += await work(each).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                errors.Add(error);
            }
        }

        if (errors.Count > 1)
            throw new AggregateException(errors);
        if (errors.Count == 1)
            ExceptionDispatchInfo.Throw(errors[0]);
        return total;
    }
}
