using OrchardCore.Entities;

namespace OrchardCore.Users
{
    /// <summary>Somebody who can sign in.</summary>
    public interface IUser
    {
        /// <summary>The unique name that the user signs in with.</summary>
        string UserName { get; }
    }
}

namespace OrchardCore.Users.Models
{
    /// <summary>A stored user account of a tenant.</summary>
    public class User : Entity, IUser
    {
        /// <summary>The document's number.</summary>
        public long Id { get; set; }

        /// <summary>The unique id that never changes.</summary>
        public string UserId { get; set; } = "";

        /// <inheritdoc/>
        public string UserName { get; set; } = "";

        /// <summary>The name as look-ups compare it.</summary>
        public string? NormalizedUserName { get; set; }

        /// <summary>The e-mail address.</summary>
        public string? Email { get; set; }

        /// <summary>The address as look-ups compare it.</summary>
        public string? NormalizedEmail { get; set; }

        /// <summary>The salted hash of the password; null when the user has none.</summary>
        public string? PasswordHash { get; set; }

        /// <summary>Changes whenever the credentials do, which ends older sessions.</summary>
        public string? SecurityStamp { get; set; }

        /// <summary>Whether the user has shown to own the e-mail address.</summary>
        public bool EmailConfirmed { get; set; }

        /// <summary>Whether the user may sign in.</summary>
        public bool IsEnabled { get; set; } = true;

        /// <summary>Whether failed sign-ins lock the account.</summary>
        public bool IsLockoutEnabled { get; set; }

        /// <summary>Until when the account is locked, in UTC; null when it never was.</summary>
        public DateTime? LockoutEndUtc { get; set; }

        /// <summary>Failed sign-ins since the last one that worked.</summary>
        public int AccessFailedCount { get; set; }

        /// <summary>The names of the user's roles.</summary>
        public IList<string> RoleNames { get; set; } = [];
    }
}
