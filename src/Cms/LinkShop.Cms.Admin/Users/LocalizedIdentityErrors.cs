using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace LinkShop.Cms.Admin.Users;

internal sealed class LocalizedIdentityErrors(IStringLocalizer<LocalizedIdentityErrors> S) : IdentityErrorDescriber
{
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), S["The account was changed by somebody else meanwhile. Try again."]);

    public override IdentityError DefaultError() => Error(nameof(DefaultError), S["Something went wrong."]);

    public override IdentityError DuplicateEmail(string email) => Error(nameof(DuplicateEmail), S["The e-mail address '{0}' is already in use.", email]);

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), S["The user name '{0}' is already in use.", userName]);

    public override IdentityError InvalidEmail(string? email) => Error(nameof(InvalidEmail), S["'{0}' is not an e-mail address.", email ?? ""]);

    public override IdentityError InvalidUserName(string? userName)
        => Error(nameof(InvalidUserName), S["The user name '{0}' may only have letters, digits and -._@+ in it.", userName ?? ""]);

    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), S["This link was used already, or is older than an hour. Ask for a new one."]);

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), S["The current password is wrong."]);

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), S["The password needs at least {0} characters.", length]);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars)
        => Error(nameof(PasswordRequiresUniqueChars), S["The password needs at least {0} different characters.", uniqueChars]);

    public override IdentityError UserAlreadyInRole(string role) => Error(nameof(UserAlreadyInRole), S["The user already has the role '{0}'.", role]);

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
