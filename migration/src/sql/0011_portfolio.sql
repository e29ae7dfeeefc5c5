-- What the portfolio of a day is read from beside the counters.

-- Whether the client was one of at most 500万 when the contract began: the share by new business is fixed at that moment.
ALTER TABLE zengxin.contract_event ADD COLUMN small_ticket boolean;

ALTER TABLE zengxin.contract_event
  ADD CONSTRAINT contract_event_small_ticket_begins CHECK ((kind = 'disbursed') = (small_ticket IS NOT NULL));

-- What is approved and not disbursed yet: few contracts at any time, because an approval lapses.
CREATE INDEX contract_committed ON zengxin.contract (institution_id, id) INCLUDE (outstanding_fen) WHERE state = 'approved';

CREATE INDEX contract_exception_by_day ON zengxin.contract_exception (institution_id, granted_on);
