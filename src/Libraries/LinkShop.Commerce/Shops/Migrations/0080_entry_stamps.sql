-- Of which state of the platform's account a way into a shop was made: a session there is as good as the one it came from.
alter table shop_entry add column stamp text;
