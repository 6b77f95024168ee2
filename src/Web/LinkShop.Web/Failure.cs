using System.Data.Common;

namespace LinkShop.Web;

/// <summary>Tells whoever typed a command why it failed.</summary>
internal static class Failure
{
    /// <summary>Whether the cause lies outside of the program (settings, files, ports, databases) and its message says all.</summary>
    public static bool IsPlain(Exception e) => e is InvalidOperationException or ArgumentException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException or DbException;

    /// <summary>One line; of a failure that nobody expected where it happened, too.</summary>
    public static string Of(Exception e) => IsPlain(e) ? e.Message.ReplaceLineEndings(" ") : e.ToString();
}
