namespace OrchardCore.Media.Events;

/// <summary>Hears of files and folders that are deleted, moved or made in the media store.</summary>
public interface IMediaEventHandler
{
    /// <summary>A file is about to be deleted.</summary>
    Task MediaDeletingFileAsync(MediaDeletingContext context);

    /// <summary>A file was deleted, or there was none.</summary>
    Task MediaDeletedFileAsync(MediaDeletedContext context);

    /// <summary>A folder is about to be deleted.</summary>
    Task MediaDeletingDirectoryAsync(MediaDeletingContext context);

    /// <summary>A folder was deleted, or there was none.</summary>
    Task MediaDeletedDirectoryAsync(MediaDeletedContext context);

    /// <summary>Something is about to be moved.</summary>
    Task MediaMovingAsync(MediaMoveContext context);

    /// <summary>Something was moved.</summary>
    Task MediaMovedAsync(MediaMoveContext context);

    /// <summary>A folder is about to be made.</summary>
    Task MediaCreatingDirectoryAsync(MediaCreatingContext context);

    /// <summary>A folder was made.</summary>
    Task MediaCreatedDirectoryAsync(MediaCreatedContext context);
}

/// <summary>What is about to be deleted.</summary>
public class MediaDeletingContext : MediaContextBase;

/// <summary>What was deleted.</summary>
public class MediaDeletedContext : MediaContextBase
{
    /// <summary>Whether there was something to delete.</summary>
    public bool Result { get; set; }
}

/// <summary>What was made.</summary>
public class MediaCreatedContext : MediaContextBase
{
    /// <summary>Whether it was made.</summary>
    public bool Result { get; set; }
}

/// <summary>What is moved.</summary>
public class MediaMoveContext
{
    /// <summary>From where.</summary>
    public string OldPath { get; set; } = "";

    /// <summary>To where.</summary>
    public string NewPath { get; set; } = "";
}
