using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.Services;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Referrals.Recipes;

/// <summary>Somebody to begin with. Who isn't an account yet becomes one without a password: nobody can sign in with it before an administrator gives it one.</summary>
internal sealed record RecipePromoter(string UserName, string Name, string? BroughtBy = null, string? Code = null);

internal sealed record ReferralsStepModel(ReferralProgram? Program, JsonArray? Plans, List<RecipePromoter>? Promoters);

/// <summary>
/// Step <c>Referrals</c>: the program's rules, plans (fields of <see cref="ReferralPlan"/> and <c>state</c>, <c>active</c> or <c>draft</c>), promoters. Plans are linted as when they are
/// saved; a refusal names the field and the rule: <c>plans[0].rates[1].payee: … (ancestor_payee)</c>.
/// </summary>
internal sealed class ReferralsStep(IReferralProgram program, IReferralPlans plans, IPromoters promoters, IReferralLinks links, UserManager<IUser> users, TenantScope scope) : NamedRecipeStepHandler("Referrals")
{
    private const string Actor = "recipe";
    private const string StateField = "state";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (Read(context) is not { } step)
            return;
        if (step.Program is { } rules)
        {
            var stamp = (await program.FindAsync(scope))?.Stamp ?? 0;
            Report(context, "program", (await program.SaveAsync(scope, rules with { Stamp = stamp }, Actor)).Errors);
        }

        for (var i = 0; i < (step.Plans?.Count ?? 0); i++)
            await PlanAsync(context, step.Plans![i], $"plans[{i}]");
        for (var i = 0; i < (step.Promoters?.Count ?? 0); i++)
            await PromoterAsync(context, step.Promoters![i], $"promoters[{i}]");
    }

    private async Task PlanAsync(RecipeExecutionContext context, JsonNode? node, string at)
    {
        if (node is not JsonObject given)
        {
            context.Errors.Add($"Step '{StepName}', {at}: a plan is an object.");
            return;
        }

        var plan = given.DeepClone().AsObject();
        var state = plan[StateField]?.ToString() ?? "draft";
        plan.Remove(StateField);
        if (state is not ("active" or "draft"))
        {
            context.Errors.Add($"Step '{StepName}', {at}.{StateField}: '{state}' is neither active nor draft.");
            return;
        }

        // the recipe may run again: what is there gets another version
        if (plan["id"]?.ToString() is { } id && await plans.FindAsync(scope, id) is { } known)
            plan["version"] = known.Plan.Version;
        var saved = await plans.ImportAsync(scope, plan.ToJsonString(), Actor);
        Report(context, at, saved.Errors);
        if (saved is { Succeeded: true, Value.State: not ReferralPlanState.Active } && state == "active")
            Report(context, at, (await plans.MoveAsync(scope, saved.Value.Plan.Id, ReferralPlanState.Active, "Put into force by a recipe.", Actor)).Errors);
    }

    private async Task PromoterAsync(RecipeExecutionContext context, RecipePromoter wanted, string at)
    {
        if (await UserAsync(wanted.UserName) is not { } user)
        {
            context.Errors.Add($"Step '{StepName}', {at}.userName: no account can be made with this name.");
            return;
        }

        var broughtBy = wanted.BroughtBy is { } by ? (await users.FindByNameAsync(by) as User)?.UserId : null;
        var joined = await promoters.JoinAsync(scope, new PromoterJoin { UserId = user.UserId, Name = wanted.Name, ConfirmsAdult = true, BroughtBy = broughtBy });
        Report(context, at, joined.Errors);
        if (joined.Succeeded && wanted.Code is { } code)
            Report(context, at + ".code", (await links.CreateAsync(scope, user.UserId, new ReferralLinkDraft(ReferralTarget.Mall, Code: code))).Errors);
    }

    private async Task<User?> UserAsync(string name)
    {
        if (await users.FindByNameAsync(name) is User known)
            return known;
        var user = new User { UserName = name, Email = name + "@demo.invalid" };
        return (await users.CreateAsync(user)).Succeeded ? user : null;
    }

    private void Report(RecipeExecutionContext context, string at, IReadOnlyList<CommerceError> errors)
    {
        foreach (var error in errors)
        {
            var (path, reason) = error.Code == ReferralErrors.Unlawful && (error.Field ?? "").Split(':', 2) is [var code, var field] ? (field, $"{ReferralMessages.Reason(code)} ({code})") : (error.Field ?? "", error.Message);
            context.Errors.Add($"Step '{StepName}', {at}{(path.Length > 0 ? "." + path : "")}: {reason}");
        }
    }

    private ReferralsStepModel? Read(RecipeExecutionContext context)
    {
        try
        {
            var step = context.Step.DeepClone().AsObject();
            step.Remove("name");
            return step.Deserialize<ReferralsStepModel>(s_options);
        }
        catch (JsonException e)
        {
            context.Errors.Add($"Step '{StepName}', {e.Path ?? "$"}: {e.Message}");
            return null;
        }
    }
}
