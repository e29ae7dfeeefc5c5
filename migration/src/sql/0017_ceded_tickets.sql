-- Whether a contract began with a client of at most 5,000,000 yuan, told to the upper layers with its disbursement: they know no clients,
-- and could not tell how much of what is ceded are small tickets.
ALTER TABLE zengxin.cession ADD COLUMN small_ticket boolean;

ALTER TABLE zengxin.cession
  ADD CONSTRAINT cession_small_ticket_at_beginning CHECK (small_ticket IS NULL OR kind IN ('disbursed', 'taken_over'));

ALTER TABLE zengxin.cession NO FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.contract_event NO FORCE ROW LEVEL SECURITY;

UPDATE zengxin.cession c SET small_ticket = e.small_ticket
FROM zengxin.contract_event e WHERE e.institution_id = c.institution_id AND e.id = c.event_id AND c.kind IN ('disbursed', 'taken_over');

ALTER TABLE zengxin.cession FORCE ROW LEVEL SECURITY;

ALTER TABLE zengxin.contract_event FORCE ROW LEVEL SECURITY;
