-- Fees that an early release left unused and that settle a following contract's fee, where the agreement says so; and indexes that the
-- plans of the day asked for (tests/golden/plans.txt).

ALTER TABLE zengxin.agreement_terms DROP CONSTRAINT agreement_terms_early_release_known;

ALTER TABLE zengxin.agreement_terms
  ADD CONSTRAINT agreement_terms_early_release_known CHECK (early_release IN ('none', 'pro_rata', 'carry_over'));

ALTER TABLE zengxin.contract DROP CONSTRAINT contract_early_release_known;

ALTER TABLE zengxin.contract
  ADD CONSTRAINT contract_early_release_known CHECK (early_release IN ('none', 'pro_rata', 'carry_over'));

-- What became of the fee that a release left unused. Only added to: what is left of it is `unused` less `unused_reversed` less `carried`
-- plus `carried_back`. A release is written after what it left, so no key refers to it. `contract_id` is the released contract, `to_contract_id` the one whose fee is settled.
CREATE TABLE zengxin.fee_carry (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  release_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  to_contract_id uuid,
  amount_fen bigint NOT NULL,
  effective_on date NOT NULL,
  reverses uuid,
  reason text,
  recorded_at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  seq bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT fee_carry_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT fee_carry_reversed_once UNIQUE (institution_id, reverses),
  CONSTRAINT fee_carry_kind_known CHECK (kind IN ('unused', 'unused_reversed', 'carried', 'carried_back')),
  CONSTRAINT fee_carry_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT fee_carry_goes_somewhere CHECK ((kind IN ('carried', 'carried_back')) = (to_contract_id IS NOT NULL)),
  CONSTRAINT fee_carry_to_another CHECK (to_contract_id <> contract_id),
  CONSTRAINT fee_carry_reversal_named CHECK ((kind IN ('unused_reversed', 'carried_back')) = (reverses IS NOT NULL)),
  CONSTRAINT fee_carry_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
  CONSTRAINT fee_carry_actor_known CHECK (actor_kind IN ('person', 'machine', 'nobody', 'operator')),
  CONSTRAINT fee_carry_seq_positive CHECK (seq > 0)
);

ALTER TABLE zengxin.fee_carry
  ADD CONSTRAINT fee_carry_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract (institution_id, id),
  ADD CONSTRAINT fee_carry_to_contract_fk FOREIGN KEY (institution_id, to_contract_id) REFERENCES zengxin.contract (institution_id, id);

CREATE INDEX fee_carry_of_release ON zengxin.fee_carry (institution_id, release_id, seq);

CREATE INDEX fee_carry_of_contract ON zengxin.fee_carry (institution_id, contract_id, seq);

CREATE INDEX fee_carry_to_contract ON zengxin.fee_carry (institution_id, to_contract_id, seq) WHERE to_contract_id IS NOT NULL;

ALTER TABLE zengxin.fee_carry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY fee_carry_read ON zengxin.fee_carry FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY fee_carry_insert ON zengxin.fee_carry FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.fee_carry TO zengxin_app;

-- For the list of alerts of an upper layer, ended ones too (GET /v1/drift-alerts).
CREATE INDEX drift_alert_below_reguarantor ON zengxin.drift_alert (reguarantor_id, id) WHERE reguarantor_id IS NOT NULL;

CREATE INDEX drift_alert_below_fund ON zengxin.drift_alert (national_id, id) WHERE national_id IS NOT NULL;

-- For the parties whose contracts are nobody's to compare terms with (683号 art. 17): few among many flags.
CREATE INDEX party_flag_of_relation ON zengxin.party_flag (institution_id, party_id)
  WHERE kind IN ('related_party', 'controlling_shareholder');
