-- The caps of start-up loans by a later document: data of a product that replaces `startup.cap`.

ALTER TABLE zengxin.product ADD COLUMN startup_person_max_fen bigint, ADD COLUMN startup_enterprise_max_fen bigint,
  ADD CONSTRAINT product_startup_max_positive CHECK (startup_person_max_fen > 0 AND startup_enterprise_max_fen > 0),
  ADD CONSTRAINT product_startup_max_of_its_kind CHECK (kind = 'startup' OR startup_person_max_fen IS NULL AND startup_enterprise_max_fen IS NULL);
