namespace OrchardCore.Users.Handlers;

/// <summary>Takes part in what happens to user accounts. What is about to happen can be cancelled.</summary>
public interface IUserEventHandler
{
    /// <summary>A user is about to be stored for the first time.</summary>
    Task CreatingAsync(UserCreateContext context);

    /// <summary>A user was stored for the first time.</summary>
    Task CreatedAsync(UserCreateContext context);

    /// <summary>A changed user is about to be stored.</summary>
    Task UpdatingAsync(UserUpdateContext context);

    /// <summary>A changed user was stored.</summary>
    Task UpdatedAsync(UserUpdateContext context);

    /// <summary>A user is about to be deleted.</summary>
    Task DeletingAsync(UserDeleteContext context);

    /// <summary>A user was deleted.</summary>
    Task DeletedAsync(UserDeleteContext context);

    /// <summary>A user may not sign in any more.</summary>
    Task DisabledAsync(UserContext context);

    /// <summary>A user may sign in again.</summary>
    Task EnabledAsync(UserContext context);
}

/// <summary>A handler of which only what is wanted has to be written.</summary>
public class UserEventHandlerBase : IUserEventHandler
{
    /// <inheritdoc/>
    public virtual Task CreatingAsync(UserCreateContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task CreatedAsync(UserCreateContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UpdatingAsync(UserUpdateContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UpdatedAsync(UserUpdateContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DeletingAsync(UserDeleteContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DeletedAsync(UserDeleteContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DisabledAsync(UserContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task EnabledAsync(UserContext context) => Task.CompletedTask;
}

/// <summary>The user whom something happens to.</summary>
public class UserContextBase
{
    /// <summary>Takes the user.</summary>
    public UserContextBase(IUser user) => User = user;

    /// <summary>The user.</summary>
    public IUser User { get; }
}

/// <summary>Something happened to a user.</summary>
public class UserContext : UserContextBase
{
    /// <summary>Takes the user.</summary>
    public UserContext(IUser user) : base(user)
    {
    }
}

/// <summary>A user is stored for the first time.</summary>
public class UserCreateContext : UserContextBase
{
    /// <summary>Takes the user.</summary>
    public UserCreateContext(IUser user) : base(user)
    {
    }

    /// <summary>Set by a handler that doesn't let it happen.</summary>
    public bool Cancel { get; set; }
}

/// <summary>A changed user is stored.</summary>
public class UserUpdateContext : UserContextBase
{
    /// <summary>Takes the user.</summary>
    public UserUpdateContext(IUser user) : base(user)
    {
    }

    /// <summary>Set by a handler that doesn't let it happen.</summary>
    public bool Cancel { get; set; }
}

/// <summary>A user is deleted.</summary>
public class UserDeleteContext : UserContextBase
{
    /// <summary>Takes the user.</summary>
    public UserDeleteContext(IUser user) : base(user)
    {
    }

    /// <summary>Set by a handler that doesn't let it happen.</summary>
    public bool Cancel { get; set; }
}
