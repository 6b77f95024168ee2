using System.Runtime.InteropServices;

namespace LinkShop.Commerce.Data;

// SQLite's own structures, field by field in its order (sqlite3.h: sqlite3_vfs, sqlite3_io_methods, sqlite3_file)
internal static unsafe partial class SqliteGatheringFiles
{
    [StructLayout(LayoutKind.Sequential)]
    private struct SqliteFile
    {
        public Methods* Methods;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
        public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> DeviceCharacteristics;
        // of version 1; the later ones are left out
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int MaxPathname;
        public Vfs* Next;
        public byte* Name;
        public void* AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, SqliteFile*, int, int*, int> Open;
        public void* Delete;
        public void* Access;
        public void* FullPathname;
        public void* DlOpen;
        public void* DlError;
        public void* DlSym;
        public void* DlClose;
        public void* Randomness;
        public void* Sleep;
        public void* CurrentTime;
        public void* GetLastError;
        public void* CurrentTimeInt64;
        public void* SetSystemCall;
        public void* GetSystemCall;
        public void* NextSystemCall;
    }
}
