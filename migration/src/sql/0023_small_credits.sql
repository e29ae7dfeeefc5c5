-- Of the small credits and operating loans of 银发〔2018〕162号 七（十八） only loans are counted: what was counted of other guarantees is
-- taken out of the sums of clients and institutions.

ALTER TABLE zengxin.contract NO FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.client_exposure NO FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.portfolio_position NO FORCE ROW LEVEL SECURITY;

UPDATE zengxin.client_exposure e SET regulator_small_credit_fen = e.regulator_small_credit_fen - o.fen
FROM (SELECT c.institution_id, c.client_id, sum(c.outstanding_fen)::bigint AS fen FROM zengxin.contract c
  WHERE c.kind <> 'loan' AND c.outstanding_fen > 0 AND (c.client_kind = 'small_micro_enterprise' AND c.credit_line_fen <= 500000000
    OR c.client_kind IN ('individual_business', 'small_business_owner') AND c.operating_loan)
  GROUP BY c.institution_id, c.client_id) o
WHERE e.institution_id = o.institution_id AND e.party_id = o.client_id;

UPDATE zengxin.portfolio_position p SET regulator_small_credit_fen =
  coalesce((SELECT sum(e.regulator_small_credit_fen) FROM zengxin.client_exposure e WHERE e.institution_id = p.institution_id), 0);

ALTER TABLE zengxin.contract FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.client_exposure FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.portfolio_position FORCE ROW LEVEL SECURITY;
