namespace OrchardCore.Locking.Distributed;

/// <summary>Locks between all processes on the same database, each tenant having its own names.</summary>
public interface IDistributedLock : ILock
{
}
