namespace OrchardCore.Email;

/// <summary>What every way of sending mail has in common.</summary>
public class EmailProviderSettings
{
    /// <summary>The sender's address of mails that name none.</summary>
    public string? DefaultSender { get; set; }

    /// <summary>Whether this way of sending is in use; null when nobody decided.</summary>
    public bool? IsEnabled { get; set; }
}

/// <summary>The connection to the mail server.</summary>
public class SmtpSettings : EmailProviderSettings
{
    /// <summary>The server's name; without it mails go to the local outbox folder.</summary>
    public string? Host { get; set; }

    /// <summary>The server's port.</summary>
    public int Port { get; set; } = 25;

    /// <summary>How the connection is protected.</summary>
    public SmtpEncryptionMethod EncryptionMethod { get; set; }

    /// <summary>Whether the server asks for a name and password.</summary>
    public bool RequireCredentials { get; set; }

    /// <summary>The name to sign in with.</summary>
    public string? UserName { get; set; }

    /// <summary>The encrypted password.</summary>
    public string? Password { get; set; }
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpEncryptionMethod
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>TLS from the first byte.</summary>
    SslTls = 1,

    /// <summary>TLS after the greeting.</summary>
    StartTls = 2,
}
