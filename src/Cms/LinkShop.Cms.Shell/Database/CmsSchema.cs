namespace LinkShop.Cms.Shell.Database;

internal static class CmsSchema
{
    /// <summary>The host's own tables, the same statements for both databases.</summary>
    internal const string Sql = """
        create table if not exists shell (
            name text primary key,
            state text not null,
            settings text not null,
            features text not null default '',
            installed text not null default '',
            version bigint not null);
        create index if not exists shell_version on shell (version);
        create table if not exists shell_clock (id int primary key check (id = 1), version bigint not null);
        insert into shell_clock (id, version) values (1, 0) on conflict do nothing;
        create table if not exists host_lock (
            name text primary key,
            owner text not null,
            fence bigint not null,
            expires bigint not null);
        create table if not exists protection_key (
            name text primary key,
            xml text not null);
        -- the last move of a shop to another database; its state says on which of the two the shop is
        create table if not exists shop_move (
            shop text primary key,
            id text not null,
            source text not null,
            target text not null check (target <> source or state = 'Done'),
            state text not null check (state in ('Copying', 'Verifying', 'Switched', 'Done')),
            started bigint not null,
            changed bigint not null);
        -- the running processes (shop = ''), and which state of a moving shop each has seen
        create table if not exists host_process (
            process text not null,
            shop text not null,
            version bigint not null,
            primary key (process, shop));
        """;
}
