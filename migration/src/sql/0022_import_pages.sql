-- An import reads what others moved in the book page by page, in the order of the days: what begins without moving anything too, and of
-- what one transaction wrote each by its id.
DROP INDEX zengxin.contract_event_by_day;

CREATE INDEX contract_event_by_day ON zengxin.contract_event (institution_id, effective_on, seq, id)
  WHERE amount_fen <> 0 OR small_ticket IS NOT NULL;

-- Whether something was merged, or parted, since it began.
CREATE INDEX party_merge_by_seq ON zengxin.party_merge (institution_id, seq);

CREATE INDEX party_merge_by_undoing ON zengxin.party_merge (institution_id, undone_seq) WHERE undone_seq IS NOT NULL;
