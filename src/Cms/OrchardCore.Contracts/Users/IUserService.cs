using System.Security.Claims;

namespace OrchardCore.Users.Services;

/// <summary>Creates, finds and signs in users.</summary>
public interface IUserService
{
    /// <summary>Checks a name (or e-mail address) and password and counts failures towards a lock-out; null and an error when refused.</summary>
    Task<IUser?> AuthenticateAsync(string identifier, string password, Action<string, string> reportError);

    /// <summary>Stores a new user; null and errors (key = field) when something is wrong with it.</summary>
    Task<IUser?> CreateUserAsync(IUser user, string password, Action<string, string> reportError);

    /// <summary>Replaces the password when the current one is right.</summary>
    Task<bool> ChangePasswordAsync(IUser user, string currentPassword, string newPassword, Action<string, string> reportError);

    /// <summary>The signed-in user, or null.</summary>
    Task<IUser?> GetAuthenticatedUserAsync(ClaimsPrincipal principal);

    /// <summary>Finds a user by name or e-mail address.</summary>
    Task<IUser?> GetUserAsync(string identifier);

    /// <summary>Finds a user by the unique id.</summary>
    Task<IUser?> GetUserByUniqueIdAsync(string userId);

    /// <summary>The principal that the user acts as, with its roles.</summary>
    Task<ClaimsPrincipal> CreatePrincipalAsync(IUser user);

    /// <summary>Lets the user sign in again; false when nothing changed.</summary>
    Task<bool> EnableAsync(IUser user);

    /// <summary>Stops the user from signing in; false when nothing changed.</summary>
    Task<bool> DisableAsync(IUser user);
}
