namespace OrchardCore.FileStorage
{
    /// <summary>A file or folder of a store.</summary>
    public interface IFileStoreEntry
    {
        /// <summary>The path in the store, with <c>/</c>.</summary>
        string Path { get; }

        /// <summary>The name without the folder.</summary>
        string Name { get; }

        /// <summary>The folder's path; empty at the root.</summary>
        string DirectoryPath { get; }

        /// <summary>The size in bytes; 0 for a folder.</summary>
        long Length { get; }

        /// <summary>When it was last written, in UTC.</summary>
        DateTime LastModifiedUtc { get; }

        /// <summary>Whether it is a folder.</summary>
        bool IsDirectory { get; }
    }

    /// <summary>Files by path.</summary>
    public interface IFileStore
    {
        /// <summary>The file at <paramref name="path"/>, or null.</summary>
        Task<IFileStoreEntry?> GetFileInfoAsync(string path);

        /// <summary>The folder at <paramref name="path"/>, or null.</summary>
        Task<IFileStoreEntry?> GetDirectoryInfoAsync(string path);

        /// <summary>What a folder holds; the whole tree on demand.</summary>
        IAsyncEnumerable<IFileStoreEntry> GetDirectoryContentAsync(string? path = null, bool includeSubDirectories = false);

        /// <summary>Deletes a file; false when there was none.</summary>
        Task<bool> TryDeleteFileAsync(string path);

        /// <summary>Opens a file to read.</summary>
        /// <exception cref="FileStoreException">There is no such file.</exception>
        Task<Stream> GetFileStreamAsync(string path);

        /// <summary>Writes a file and returns its path.</summary>
        /// <exception cref="FileStoreException">The file exists and <paramref name="overwrite"/> is false, or the path leaves the store.</exception>
        Task<string> CreateFileFromStreamAsync(string path, Stream inputStream, bool overwrite = false);
    }

    /// <summary>A store could not do what was asked.</summary>
    public class FileStoreException : Exception
    {
        /// <summary>Says what could not be done.</summary>
        public FileStoreException(string message) : base(message)
        {
        }

        /// <summary>Says what could not be done and why.</summary>
        public FileStoreException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }
}

namespace OrchardCore.Media
{
    /// <summary>The tenant's media files.</summary>
    public interface IMediaFileStore : FileStorage.IFileStore
    {
        /// <summary>The address at which a browser gets the file.</summary>
        string MapPathToPublicUrl(string path);
    }
}
