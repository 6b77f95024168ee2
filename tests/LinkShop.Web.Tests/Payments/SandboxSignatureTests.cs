using System.Security.Cryptography;
using System.Text;
using LinkShop.Payments.Sandbox;

namespace LinkShop.Web.Tests.Payments;

public sealed class SandboxSignatureTests
{
    private static readonly byte[] Secret = "a-secret-of-at-least-32-characters"u8.ToArray();
    private static readonly byte[] Body = """{"eventId":"e1"}"""u8.ToArray();
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signature_is_the_documented_hmac_of_time_dot_and_body()
    {
        var time = Now.ToUnixTimeSeconds();
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Secret, (byte[])[.. Encoding.ASCII.GetBytes($"{time}."), .. Body]));

        Assert.Equal($"t={time},v1={expected}", SandboxSignature.Create(Secret, Body, Now));
    }

    [Fact]
    public void What_was_signed_is_valid_also_with_upper_case_and_a_second_signature()
    {
        var header = SandboxSignature.Create(Secret, Body, Now);
        var other = new string('0', 64);

        Assert.Equal(SignatureCheck.Valid, Check(header));
        Assert.Equal(SignatureCheck.Valid, Check(header.Replace("v1=", "v1=" + other + ",v1=", StringComparison.Ordinal)));
        Assert.Equal(SignatureCheck.Valid, Check(string.Concat("t=", header.AsSpan(2, 10), ", v1=", header[16..].ToUpperInvariant())));
    }

    [Fact]
    public void A_body_longer_than_the_stack_buffer_is_signed_whole()
    {
        var body = new byte[10_000];
        Random.Shared.NextBytes(body);
        var header = SandboxSignature.Create(Secret, body, Now);
        Assert.Equal(SignatureCheck.Valid, SandboxSignature.Check(header, Secret, body, Now));

        body[^1] ^= 1;
        Assert.Equal(SignatureCheck.Wrong, SandboxSignature.Check(header, Secret, body, Now));
    }

    [Theory]
    [InlineData(-301, SignatureCheck.Stale)]
    [InlineData(-300, SignatureCheck.Valid)]
    [InlineData(300, SignatureCheck.Valid)]
    [InlineData(301, SignatureCheck.Stale)]
    internal void The_signed_time_may_differ_by_five_minutes(int seconds, SignatureCheck expected) =>
        Assert.Equal(expected, Check(SandboxSignature.Create(Secret, Body, Now.AddSeconds(seconds))));

    [Fact]
    public void Another_secret_another_body_or_another_time_is_wrong()
    {
        var header = SandboxSignature.Create(Secret, Body, Now);
        var time = Now.ToUnixTimeSeconds();

        Assert.Equal(SignatureCheck.Wrong, Check(SandboxSignature.Create("another-secret-of-32-characters!!"u8, Body, Now)));
        Assert.Equal(SignatureCheck.Wrong, SandboxSignature.Check(header, Secret, """{"eventId":"e2"}"""u8, Now));
        Assert.Equal(SignatureCheck.Wrong, Check(header.Replace($"t={time}", $"t={time + 1}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, SignatureCheck.Missing)]
    [InlineData("", SignatureCheck.Missing)]
    [InlineData("v1=00", SignatureCheck.Malformed)]
    [InlineData("t=,v1=00", SignatureCheck.Malformed)]
    [InlineData("t=12", SignatureCheck.Malformed)]
    [InlineData("t=-12,v1=0000000000000000000000000000000000000000000000000000000000000000", SignatureCheck.Malformed)]
    [InlineData("t=999999999999999999999,v1=00", SignatureCheck.Malformed)]
    [InlineData("t=1,v1=zz00000000000000000000000000000000000000000000000000000000000000", SignatureCheck.Malformed)]
    [InlineData("t=1,v1=0000000000000000000000000000000000000000000000000000000000000000", SignatureCheck.Wrong)]
    internal void A_header_of_another_form_is_refused(string? header, SignatureCheck expected) => Assert.Equal(expected, Check(header));

    private static SignatureCheck Check(string? header) => SandboxSignature.Check(header, Secret, Body, Now);
}
