using LinkShop.Commerce.Data;
using LinkShop.Commerce.Idempotency;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Idempotency;

public sealed class IdempotencyStoreTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Fifty_at_once_have_one_effect_and_one_answer(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => RunAsync(i % 2 == 0 ? commerce : second, "key", "request", $"effect {i}"))));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.Equal(201, answers[0].Status);
        Assert.Equal(1, await commerce.CountAsync("key_pool"));
        Assert.Equal(answers[0].Body, (await RunAsync(second, "key", "request", "later")).Body);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Another_request_with_the_key_is_a_conflict_but_not_in_another_tenant(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await RunAsync(commerce, "key", "request", "a");
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => RunAsync(commerce, "key", "other request", "b"));
        Assert.Equal("b", (await RunAsync(commerce, "key", "other request", "b", Other)).Body);
        Assert.Equal(2, await commerce.CountAsync("key_pool"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failed_request_frees_its_key_and_an_old_one_is_forgotten(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await Assert.ThrowsAsync<TimeoutException>(() => commerce.Database.WriteAsync(Mall, async c =>
        {
            Assert.Null(await ClaimAsync(commerce, c, "key", "request"));
            throw new TimeoutException();
        }));
        Assert.Equal("second try", (await RunAsync(commerce, "key", "request", "second try")).Body);
        var store = commerce.Get<IdempotencyStore>();
        Assert.Equal(0, await store.SweepAsync(commerce.Database, default));
        commerce.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await store.SweepAsync(commerce.Database, default));
        Assert.Equal("new", (await RunAsync(commerce, "key", "another request", "new")).Body);
    }

    [Fact]
    public void Parts_of_a_request_do_not_run_together()
        => Assert.NotEqual(RequestHash.Of("POST", "/a", "b"), RequestHash.Of("POST", "/ab", ""));

    private static async Task<StoredResponse?> ClaimAsync(TestCommerce commerce, ICommerceConnection connection, string key, string request)
    {
        var claim = commerce.Idempotency.Claim(connection, key, RequestHash.Of(request));
        // the claim travels with whatever comes next
        await connection.QueryAsync<long>("select id from key_pool where tenant = @tenant limit 1");
        return claim.Stored;
    }

    private static Task<StoredResponse> RunAsync(TestCommerce commerce, string key, string request, string effect, TenantScope? scope = null)
        => commerce.Database.WriteAsync(scope ?? Mall, async c =>
        {
            if (await ClaimAsync(commerce, c, key, request) is { } stored)
            {
                return stored;
            }

            await c.ExecuteAsync("insert into key_pool (tenant, name, pick_order, created_at) values (@tenant, @effect, 'Oldest', 0)", new { effect });
            var response = new StoredResponse(201, effect);
            commerce.Idempotency.Complete(c, key, RequestHash.Of(request), response);
            return response;
        });
}
