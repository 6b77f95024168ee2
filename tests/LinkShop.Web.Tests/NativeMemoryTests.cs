using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LinkShop.Web.Tests;

/// <summary>Memory outside the runtime's heap.</summary>
public sealed class NativeMemoryTests
{
    [Fact]
    public void What_was_freed_in_the_middle_of_the_c_librarys_heap_goes_back_to_the_system()
    {
        Assert.SkipUnless(NativeMemory.CanTrim, "This system's C library can't be told to give memory back.");
        const int size = 64 * 1024;
        var blocks = new nint[1_000];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(size);
            Marshal.Copy(new byte[size], 0, blocks[i], size);
        }

        // the last keeps the heap from shrinking by itself
        foreach (var block in blocks.AsSpan(0, blocks.Length - 1))
            Marshal.FreeHGlobal(block);
        var before = Resident();
        Assert.True(NativeMemory.Trim());
        // other tests may take some meanwhile
        Assert.InRange(before - Resident(), 30 * 1024 * 1024, long.MaxValue);
        Marshal.FreeHGlobal(blocks[^1]);
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
