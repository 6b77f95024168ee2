using Npgsql;

namespace LinkShop.Commerce.Data;

/// <summary>Opens and closes pools of connections. Tests keep theirs from one container to the next: a new connection knows nothing of the tables and plans everything anew.</summary>
internal class PostgresSources
{
    /// <summary>A pool of connections.</summary>
    public virtual NpgsqlDataSource Open(string connectionString) => new NpgsqlDataSourceBuilder(connectionString).Build();

    /// <summary>Its user is done with it.</summary>
    public virtual void Close(NpgsqlDataSource source) => source.Dispose();

    /// <summary>Its user is done with it.</summary>
    public virtual ValueTask CloseAsync(NpgsqlDataSource source) => source.DisposeAsync();
}
