using LinkShop.Cms.Shell.Database;

namespace LinkShop.Cms.Tests.Shell;

public sealed class WriterTurnTests
{
    [Fact]
    public async Task A_writer_that_waits_for_itself_is_told_so_and_the_next_one_is_let_in()
    {
        var turn = new WriterTurn(TimeSpan.FromSeconds(1));
        await turn.EnterAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() => turn.EnterAsync(TestContext.Current.CancellationToken));
        turn.Leave();
        await turn.EnterAsync(TestContext.Current.CancellationToken);
        // the one that gave up took no turn
        var next = turn.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        turn.Leave();
        await next;
    }
}
