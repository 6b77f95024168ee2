using System.ComponentModel.DataAnnotations;

namespace LinkShop.Cms.Admin.ViewModels;

public sealed class LoginViewModel
{
    [Required(ErrorMessage = "Enter the user name or e-mail address.")]
    public string UserName { get; set; } = "";

    [Required(ErrorMessage = "Enter the password.")]
    public string Password { get; set; } = "";

    public bool RememberMe { get; set; }

    public string? ReturnUrl { get; set; }

    public bool CanRegister { get; set; }

    public bool CanReset { get; set; }
}

public sealed class ForgotPasswordViewModel
{
    [Required(ErrorMessage = "Enter the user name or e-mail address.")]
    public string UserName { get; set; } = "";
}

public sealed class ResetPasswordViewModel
{
    /// <summary>Whose password, by the account's id; from the link.</summary>
    public string? Account { get; set; }

    /// <summary>The token; from the link.</summary>
    public string? Code { get; set; }

    [Required(ErrorMessage = "Enter the new password.")]
    public string Password { get; set; } = "";

    [Required(ErrorMessage = "Enter the new password again.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords are different.")]
    public string PasswordConfirmation { get; set; } = "";
}

public sealed class ChangePasswordViewModel
{
    [Required(ErrorMessage = "Enter the current password.")]
    public string CurrentPassword { get; set; } = "";

    [Required(ErrorMessage = "Enter the new password.")]
    public string Password { get; set; } = "";

    [Required(ErrorMessage = "Enter the new password again.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords are different.")]
    public string PasswordConfirmation { get; set; } = "";
}

public sealed class ChangeEmailViewModel
{
    [Required(ErrorMessage = "Enter the new e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter the current password.")]
    public string CurrentPassword { get; set; } = "";

    /// <summary>The address now, to be shown.</summary>
    public string? Current { get; set; }
}

/// <summary>What a mailed link says.</summary>
public sealed class ConfirmEmailViewModel
{
    /// <summary>Whose address, by the account's id.</summary>
    public string? Account { get; set; }

    /// <summary>The new address.</summary>
    public string? Email { get; set; }

    /// <summary>The token.</summary>
    public string? Code { get; set; }
}

public sealed class RegisterViewModel
{
    [Required(ErrorMessage = "Enter a user name.")]
    public string UserName { get; set; } = "";

    [Required(ErrorMessage = "Enter an e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter a password.")]
    public string Password { get; set; } = "";

    [Required(ErrorMessage = "Enter the password again.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords are different.")]
    public string PasswordConfirmation { get; set; } = "";
}
