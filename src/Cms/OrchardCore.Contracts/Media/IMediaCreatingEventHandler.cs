namespace OrchardCore.Media.Events;

/// <summary>Takes part when a media file is about to be written.</summary>
public interface IMediaCreatingEventHandler
{
    /// <summary>Gives the stream that is written in place of <paramref name="creatingStream"/>, or that itself. An exception refuses the file.</summary>
    Task<Stream> MediaCreatingAsync(MediaCreatingContext context, Stream creatingStream);
}

/// <summary>A media file that something happens to.</summary>
public class MediaContextBase
{
    /// <summary>Its path in the store.</summary>
    public string Path { get; set; } = "";
}

/// <summary>A media file is about to be written.</summary>
public class MediaCreatingContext : MediaContextBase
{
}
