using System.Text.RegularExpressions;

namespace LinkShop.Web.Tests.Architecture;

public sealed partial class DependencyTests
{
    [Fact]
    public void Libraries_know_no_CMS()
    {
        var offenders = SourceTree.Code("src/Libraries").Where(f => Cms().IsMatch(File.ReadAllText(f))).Select(SourceTree.Relative);
        Assert.Empty(offenders);
        Assert.DoesNotContain(SourceTree.Projects("src/Libraries"), p => File.ReadAllText(p).Contains("/Cms/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Modules")]
    [InlineData("src/Themes")]
    public void Modules_and_themes_reference_only_Orchards_API_and_our_libraries(string folder)
    {
        var code = SourceTree.Code(folder).Where(f => File.ReadAllText(f).Contains("LinkShop.Cms", StringComparison.Ordinal)).Select(SourceTree.Relative);
        Assert.Empty(code);
        var references = SourceTree.Projects(folder)
            .SelectMany(p => ProjectReference().Matches(File.ReadAllText(p)).Select(m => (Project: SourceTree.Relative(p), Target: m.Groups[1].Value)))
            .Where(r => !r.Target.Contains("Libraries/", StringComparison.Ordinal));
        Assert.Empty(references);
    }

    /// <summary>One that is only referenced is built for debugging, whatever the solution is built for.</summary>
    [Fact]
    public void Every_project_is_in_the_solution_and_built_for_release_with_it()
    {
        var solution = File.ReadAllText(Path.Combine(LinkShop.Testing.Repository.Root, "LinkShop.sln"));
        var projects = new[] { "src", "tests", "bench" }.SelectMany(SourceTree.Projects).Select(SourceTree.Relative).ToList();
        Assert.NotEmpty(projects);
        var missing = projects.Where(p => Regex.Match(solution, $"\"{Regex.Escape(p.Replace('/', '\\'))}\", \"([^\"]+)\"") is not { Success: true } entry
            || !solution.Contains(entry.Groups[1].Value + ".Release|Any CPU.Build.0 = Release|Any CPU", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void No_module_reads_another_modules_types()
    {
        var modules = Directory.GetDirectories(Path.Combine(LinkShop.Testing.Repository.Root, "src/Modules")).Select(Path.GetFileName).ToArray();
        var offenders =
            from module in modules
            from file in SourceTree.Code($"src/Modules/{module}")
            from other in modules
            where other != module && Regex.IsMatch(File.ReadAllText(file), $@"^\s*@?using\s+{Regex.Escape(other!)}\b", RegexOptions.Multiline)
            select $"{SourceTree.Relative(file)} uses {other}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Only_reselling_reaches_into_another_tenant_within_a_transaction()
    {
        var offenders = SourceTree.Code("src/Libraries/LinkShop.Commerce").Where(f => !SourceTree.Relative(f).Contains("/Resale/", StringComparison.Ordinal) && !SourceTree.Relative(f).Contains("/Data/", StringComparison.Ordinal))
            .Where(f => OtherTenant().IsMatch(File.ReadAllText(f))).Select(SourceTree.Relative);
        Assert.Empty(offenders);
        Assert.Contains(SourceTree.Code("src/Libraries/LinkShop.Commerce/Resale"), f => OtherTenant().IsMatch(File.ReadAllText(f)));
    }

    [Fact]
    public void Module_code_does_not_know_which_host_it_runs_on()
    {
        var offenders = SourceTree.Code("src/Modules").Concat(SourceTree.Code("src/Themes")).Concat(SourceTree.Code("src/Web"))
            .Where(f => HostSwitch().IsMatch(File.ReadAllText(f))).Select(SourceTree.Relative);
        Assert.Empty(offenders);
    }

    [Fact]
    public void The_web_application_is_built_without_the_embedded_host_when_Orchards_own_is_chosen()
    {
        var targets = File.ReadAllText(Path.Combine(LinkShop.Testing.Repository.Root, "build/Web.targets"));
        Assert.Matches("""'OrchardCore'">(?:(?!</ItemGroup>)[\s\S])*<Compile Remove="Placement/\*\*" />""", targets);
        var own = SourceTree.Code("src/Web/LinkShop.Web/Placement").ToList();
        var types = own.SelectMany(f => DeclaredType().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Except(["Commands"]).ToList();
        Assert.Contains("ShopMover", types);
        var offenders = SourceTree.Code("src/Web").Except(own)
            .Where(f => Regex.IsMatch(File.ReadAllText(f), $@"LinkShop\.Cms|\b({string.Join('|', types)})\b")).Select(SourceTree.Relative);
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"\b(?:class|record|interface|enum|struct) (\w+)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"\b(OrchardCore|YesSql|LinkShop\.Cms)\b\.")]
    private static partial Regex Cms();

    [GeneratedRegex(@"\.For\((new TenantScope|new\(|\w*[sS]cope\b)")]
    private static partial Regex OtherTenant();

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"^\s*#if\b", RegexOptions.Multiline)]
    private static partial Regex HostSwitch();
}
