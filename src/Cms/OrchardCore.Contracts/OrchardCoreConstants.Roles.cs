namespace OrchardCore;

public static partial class OrchardCoreConstants
{
    /// <summary>Names of the roles that a new site can have.</summary>
    public static class Roles
    {
        /// <summary>May do everything.</summary>
        public const string Administrator = "Administrator";

        /// <summary>Everybody who has not signed in.</summary>
        public const string Anonymous = "Anonymous";

        /// <summary>Everybody who has signed in.</summary>
        public const string Authenticated = "Authenticated";

        /// <summary>Writes and publishes own content.</summary>
        public const string Author = "Author";

        /// <summary>Writes own content that others publish.</summary>
        public const string Contributor = "Contributor";

        /// <summary>Edits and publishes everybody's content.</summary>
        public const string Editor = "Editor";

        /// <summary>Looks after what visitors contribute.</summary>
        public const string Moderator = "Moderator";
    }
}
