using System.Text.Json.Nodes;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Web.Tests.Shops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders.Physical;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>Plans that come by a recipe are held to the same law, and what is wrong is named with its place.</summary>
public sealed class ReferralsStepTests(ShopRoutes shops) : IClassFixture<ShopRoutes>
{
    private const string Lawful = """
        "id":"p","name":"Plan","disclosureZh":"推广链接","disclosureEn":"An ad","rates":[{"id":"all","basisPoints":300}]
        """;

    [Theory]
    [InlineData(""" "eligibility":[{"fact":"minimum_purchase","operator":"at_least","value":"100"}] """, "plans[0].eligibility[0].fact")]
    [InlineData(""" "treeActions":["give_first_two_to_upline"] """, "plans[0].treeActions[0]")]
    [InlineData(""" "levels":2 """, "plans[0].levels")]
    [InlineData(""" "pools":[{"name":"Team","kind":"team_volume"}] """, "plans[0].pools[0]")]
    [InlineData(""" "entryFeeMinor":100 """, "plans[0].entryFeeMinor")]
    [InlineData(""" "labels":["领导奖"] """, "plans[0].labels[0]")]
    [InlineData(""" "slidingTree":true """, "slidingTree")]
    [InlineData(""" "state":"running" """, "plans[0].state")]
    public async Task An_unlawful_plan_is_refused_with_its_field_and_nothing_is_stored(string wrong, string place)
    {
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var errors = await RunAsync(services, $$"""{"name":"Referrals","Program":{},"Plans":[{{{Lawful}},{{wrong}}}]}""");
            Assert.Contains(errors, e => e.Contains(place, StringComparison.OrdinalIgnoreCase));
            Assert.Empty(await services.GetRequiredService<IReferralPlans>().ListAsync(services.GetRequiredService<TenantScope>()));
        });
    }

    [Fact]
    public async Task A_faulty_plan_of_a_recipe_is_told_with_file_line_field_and_rule()
    {
        const string Recipe = $$"""
            { "name": "faulty", "steps": [
              { "name": "Referrals", "Program": {},
                "Plans": [
                  { {{Lawful}}, "entryFeeMinor": 100 },
                  { "id": "two", "name": "Two", "disclosureZh": "推广链接",
                    "rates": [
                      { "id": "all", "basisPoints": 300 },
                      { "id": "up", "basisPoints": 100,
                        "payee": "grandparent" } ] } ] } ] }
            """;
        var file = new FileInfo(Path.Combine(Directory.CreateTempSubdirectory("linkshop-recipe-").FullName, "faulty.recipe.json"));
        await File.WriteAllTextAsync(file.FullName, Recipe);
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var recipe = new RecipeDescriptor { Name = "faulty", RecipeFileInfo = new PhysicalFileInfo(file) };
            var error = await Assert.ThrowsAsync<RecipeExecutionException>(() => services.GetRequiredService<IRecipeExecutor>().ExecuteAsync("1", recipe, new Dictionary<string, object>(), CancellationToken.None));
            Assert.Contains(error.StepResult.Errors, e => e.StartsWith("faulty.recipe.json, line 9, step 1 'Referrals': ", StringComparison.Ordinal) && e.Contains("plans[1].rates[1].payee: ", StringComparison.Ordinal) && e.EndsWith("(ancestor_payee)", StringComparison.Ordinal));
            Assert.Contains(error.StepResult.Errors, e => e.StartsWith("faulty.recipe.json, line 4, step 1 'Referrals': ", StringComparison.Ordinal) && e.EndsWith("(entry_fee)", StringComparison.Ordinal));
            Assert.Empty(await services.GetRequiredService<IReferralPlans>().ListAsync(services.GetRequiredService<TenantScope>()));
            // what is missing is missed where the plan begins
            Assert.Contains(error.StepResult.Errors, e => e.StartsWith("faulty.recipe.json, line 5, step 1 'Referrals': ", StringComparison.Ordinal) && e.Contains("plans[1].disclosureEn: ", StringComparison.Ordinal) && e.EndsWith("(missing_disclosure)", StringComparison.Ordinal));
        });
        file.Directory!.Delete(recursive: true);
    }

    [Fact]
    public async Task A_lawful_recipe_works_and_may_run_again()
    {
        const string Step = $$"""
            {"name":"Referrals","Program":{"ClickWindowDays":14},"Plans":[{{{Lawful}},"state":"active"}],"Promoters":[{"UserName":"first","Name":"First","Code":"first-code"},{"UserName":"second","Name":"Second","BroughtBy":"first"}]}
            """;
        await shops.InAsync(shops.Shops["bob"], async services =>
        {
            Assert.Empty(await RunAsync(services, Step));
            Assert.Empty(await RunAsync(services, Step));
            var scope = services.GetRequiredService<TenantScope>();
            var plan = Assert.Single(await services.GetRequiredService<IReferralPlans>().ListAsync(scope));
            Assert.Equal((ReferralPlanState.Active, 2L), (plan.State, plan.Plan.Version));
            Assert.Equal(14, (await services.GetRequiredService<IReferralProgram>().FindAsync(scope))!.ClickWindowDays);
            var people = await services.GetRequiredService<IPromoters>().ListAsync(scope);
            Assert.Equal(people.Single(p => p.Name == "First").Id, people.Single(p => p.Name == "Second").BroughtBy);
            Assert.NotNull(await services.GetRequiredService<IReferralLinks>().ResolveAsync(scope, "#FIRST-CODE#"));
        });
    }

    private static async Task<IList<string>> RunAsync(IServiceProvider services, string step)
    {
        var context = new RecipeExecutionContext { Name = "Referrals", Step = JsonNode.Parse(step)!.AsObject() };
        foreach (var handler in services.GetServices<IRecipeStepHandler>())
            await handler.ExecuteAsync(context);
        return context.Errors;
    }
}
