using LinkShop.Cms.Content.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql.Indexes;
using YesSql.Sql;

namespace LinkShop.Cms.Admin.Users;

internal sealed class UserIndexProvider : IndexProvider<User>
{
    public override void Describe(DescribeContext<User> context) => context.For<UserIndex>().Map(user => new UserIndex
    {
        UserId = user.UserId,
        NormalizedUserName = user.NormalizedUserName,
        NormalizedEmail = user.NormalizedEmail,
        IsEnabled = user.IsEnabled,
    });
}

internal sealed class UsersMigrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<UserIndex>(table => table
            .Column<string>(nameof(UserIndex.UserId), column => column.WithLength(64))
            .Column<string>(nameof(UserIndex.NormalizedUserName), column => column.WithLength(255))
            .Column<string>(nameof(UserIndex.NormalizedEmail), column => column.WithLength(255))
            .Column<bool>(nameof(UserIndex.IsEnabled), column => column.NotNull().WithDefault(true)));
        await SchemaBuilder.AlterIndexTableAsync<UserIndex>(table => table
            .CreateIndex("IDX_UserIndex_UserName", nameof(UserIndex.NormalizedUserName)));
        await SchemaBuilder.AlterIndexTableAsync<UserIndex>(table => table
            .CreateIndex("IDX_UserIndex_Email", nameof(UserIndex.NormalizedEmail)));
        return 1;
    }

    /// <summary>The database has the last word on an account being one: of two who make it at once, one is refused.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await ((SqlSchemaBuilder)SchemaBuilder).CreateUniqueIndexAsync<UserIndex>("UX_UserIndex_UserId", nameof(UserIndex.UserId));
        await SchemaBuilder.AlterIndexTableAsync<UserIndex>(table => table.DropIndex("IDX_UserIndex_UserId"));
        return 2;
    }
}
