using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LinkShop.Commerce.Data;

/// <summary>
/// A SQLite file system (VFS, https://sqlite.org/vfs.html) over the platform's own, in which the write-ahead log is written in few large pieces. SQLite writes it frame by frame, two system calls
/// for each changed page, about a hundred for a commit group: a fifth of the writer's time. What is written here without a gap is gathered and goes to the system in one call: at
/// a commit's last frame, before any read, sync, truncation or question for the size, and when the buffer is full. So nobody sees a frame later than without it: other connections read only what a commit has
/// published, and that is written by then. A failed write is reported at the same commit. It is for connections that write frames only in a commit (<c>cache_spill=off</c>): what a transaction that is
/// rolled back had gathered would else be written later, when another process may have the place.
/// </summary>
internal static unsafe partial class SqliteGatheringFiles
{
    /// <summary>The name to open a connection with.</summary>
    public const string Name = "linkshop-gathering";

    private const int Ok = 0;
    private const int OpenWal = 0x80000; // SQLITE_OPEN_WAL
    private const int FrameHeader = 24;
    private const int Capacity = 1 << 19;
    // the platform's function takes less than 128 KiB at once
    private const int Piece = 120 * 1024;

    private static readonly Lock s_lock = new();
    private static Vfs* s_base;
    private static Vfs* s_own;
    private static Methods* s_methods;

    /// <summary>Makes the file system known to SQLite, once for the process.</summary>
    /// <exception cref="InvalidOperationException">SQLite has no file system, or refuses this one.</exception>
    public static void Register()
    {
        lock (s_lock)
        {
            if (s_own is not null)
                return;
            s_base = Find(null);
            if (s_base is null)
                throw new InvalidOperationException("SQLite has no file system.");
            var own = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
            *own = *s_base;
            own->Next = null;
            own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
            // the gathered bytes are kept behind the platform's own file
            own->FileSize = StateOffset + sizeof(Gathered);
            own->Open = &Open;
            if (Register(own, 0) is not Ok and var code)
                throw new InvalidOperationException($"SQLite refuses a file system: {code}.");
            s_own = own;
        }
    }

    private static int StateOffset => (s_base->FileSize + 15) & ~15;

    private static Gathered* StateOf(SqliteFile* file) => (Gathered*)((byte*)file + StateOffset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        var code = s_base->Open(s_base, name, file, flags, outFlags);
        if (code != Ok || (flags & OpenWal) == 0 || file->Methods is null)
            return code;
        var state = StateOf(file);
        *state = new Gathered { Base = file->Methods, Bytes = (byte*)NativeMemory.Alloc(Capacity) };
        file->Methods = MethodsOver(file->Methods);
        return Ok;
    }

    private static Methods* MethodsOver(Methods* platform)
    {
        lock (s_lock)
        {
            if (s_methods is null)
            {
                s_methods = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
                *s_methods = *platform;
                // the later versions' functions (shared memory, mapping) are for the database's own file
                s_methods->Version = 1;
                s_methods->Close = &Close;
                s_methods->Read = &Read;
                s_methods->Write = &Write;
                s_methods->Truncate = &Truncate;
                s_methods->Sync = &Sync;
                s_methods->FileSize = &FileSize;
            }

            return s_methods;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* from, int count, long offset)
    {
        var state = StateOf(file);
        if (state->Count > 0 && (offset != state->Start + state->Count || count > Capacity - state->Count))
        {
            if (Flush(file, state) is not Ok and var code)
                return code;
        }

        if (count > Capacity)
            return state->Base->Write(file, from, count, offset);
        if (state->Count == 0)
            state->Start = offset;
        Buffer.MemoryCopy(from, state->Bytes + state->Count, Capacity - state->Count, count);
        state->Count += count;
        // a frame's header tells in bytes 4 to 7 whether this is a commit's last; its page follows. The log's own header is longer.
        if (count == FrameHeader)
        {
            state->IsLast = Unsafe.ReadUnaligned<int>(from + 4) != 0;
            return Ok;
        }

        var last = state->IsLast;
        state->IsLast = false;
        return last ? Flush(file, state) : Ok;
    }

    private static int Flush(SqliteFile* file, Gathered* state)
    {
        if (state->Count == 0)
            return Ok;
        var code = Ok;
        for (var done = 0; done < state->Count && code == Ok; done += Piece)
            code = state->Base->Write(file, state->Bytes + done, Math.Min(Piece, state->Count - done), state->Start + done);
        // also when it failed: SQLite then rolls back, and writes the same place anew
        state->Count = 0;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, byte* to, int count, long offset) => Flush(file, StateOf(file)) is not Ok and var code ? code : StateOf(file)->Base->Read(file, to, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long size) => Flush(file, StateOf(file)) is not Ok and var code ? code : StateOf(file)->Base->Truncate(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags) => Flush(file, StateOf(file)) is not Ok and var code ? code : StateOf(file)->Base->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(SqliteFile* file, long* size) => Flush(file, StateOf(file)) is not Ok and var code ? code : StateOf(file)->Base->FileSize(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        var state = StateOf(file);
        var flushed = Flush(file, state);
        NativeMemory.Free(state->Bytes);
        var closed = state->Base->Close(file);
        return flushed != Ok ? flushed : closed;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Vfs* vfs, int makeDefault);

    /// <summary>What is gathered: <see cref="Count"/> bytes that belong at <see cref="Start"/>.</summary>
    private struct Gathered
    {
        public Methods* Base;
        public byte* Bytes;
        public long Start;
        public int Count;
        public bool IsLast;
    }
}
