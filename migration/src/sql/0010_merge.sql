-- Merges of two parties and their undoing.

-- Why a merge was undone, and by which request.
ALTER TABLE zengxin.party_merge ADD COLUMN undoing_reason text, ADD COLUMN undoing_hash bytea;

ALTER TABLE zengxin.party_merge
  ADD CONSTRAINT party_merge_undoing_reasoned
    CHECK ((undoing_id IS NULL) = (undoing_reason IS NULL) AND (undoing_id IS NULL) = (undoing_hash IS NULL)),
  ADD CONSTRAINT party_merge_undoing_reason_length CHECK (char_length(undoing_reason) BETWEEN 1 AND 500);

-- A party is merged into one other at a time.
CREATE UNIQUE INDEX party_merge_one_at_a_time ON zengxin.party_merge (institution_id, source_id) WHERE undone_on IS NULL;

CREATE INDEX party_merge_of_source ON zengxin.party_merge (institution_id, source_id, seq);

GRANT UPDATE (undoing_reason, undoing_hash) ON zengxin.party_merge TO zengxin_app;
