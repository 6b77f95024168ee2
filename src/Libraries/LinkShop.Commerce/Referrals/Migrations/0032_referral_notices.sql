-- In which language a promoter is written to: the one they joined in. Empty: the shop's.
alter table referral_promoter add column culture text not null default '' check (length(culture) <= 20);

-- When the promoter was told of a case, of its decision and of what came of the appeal: each is told once, however often its message comes.
alter table referral_case add column opened_told_at {int};
alter table referral_case add column decided_told_at {int} check (decided_told_at is null or decided_at is not null);
alter table referral_case add column appeal_told_at {int} check (appeal_told_at is null or appeal_at is not null);
