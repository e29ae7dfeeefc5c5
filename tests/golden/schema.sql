-- columns
audit_entry.institution_id uuid NOT NULL
audit_entry.seq bigint NOT NULL
audit_entry.at timestamp with time zone NOT NULL
audit_entry.actor_kind text NOT NULL
audit_entry.actor_id uuid
audit_entry.action text NOT NULL
audit_entry.outcome text NOT NULL
audit_entry.object_kind text NOT NULL
audit_entry.object_id uuid
audit_entry.detail text NOT NULL
audit_entry.hash bytea NOT NULL
award_unit.code text NOT NULL
award_unit.name text NOT NULL
award_unit.region text NOT NULL
award_unit.verified boolean NOT NULL
award_unit.from_day date NOT NULL
award_unit.until_day date
bank.id uuid NOT NULL
bank.institution_id uuid NOT NULL
bank.code text NOT NULL
bank.name text NOT NULL
bank.from_day date NOT NULL
bank.until_day date
bank.version bigint NOT NULL
bank.creation_hash bytea NOT NULL
bank_branch.id uuid NOT NULL
bank_branch.institution_id uuid NOT NULL
bank_branch.bank_id uuid NOT NULL
bank_branch.code text NOT NULL
bank_branch.name text NOT NULL
bank_branch.region_code text NOT NULL
bank_branch.from_day date NOT NULL
bank_branch.until_day date
bank_branch.version bigint NOT NULL
bank_branch.creation_hash bytea NOT NULL
credential.institution_id uuid NOT NULL
credential.user_id uuid NOT NULL
credential.password_hash text NOT NULL
credential.failures integer NOT NULL
credential.locked_until timestamp with time zone
credential.changed_at timestamp with time zone NOT NULL
deadline.id uuid NOT NULL
deadline.institution_id uuid NOT NULL
deadline.report_code text NOT NULL
deadline.reporter_kind text NOT NULL
deadline.recipient text NOT NULL
deadline.period text NOT NULL
deadline.month_offset integer NOT NULL
deadline.day_of_month integer NOT NULL
deadline.region_code text
deadline.from_day date NOT NULL
deadline.until_day date
deadline.document text NOT NULL
deadline.clause text NOT NULL
deadline.verified boolean NOT NULL
deadline.version bigint NOT NULL
deadline.creation_hash bytea NOT NULL
equity_investment.institution_id uuid NOT NULL
equity_investment.id uuid NOT NULL
equity_investment.investee_name text NOT NULL
equity_investment.amount_fen bigint NOT NULL
equity_investment.technology_linkage boolean NOT NULL
equity_investment.from_day date NOT NULL
equity_investment.until_day date
equity_investment.version bigint NOT NULL
equity_investment.creation_hash bytea NOT NULL
financial_statement.institution_id uuid NOT NULL
financial_statement.id uuid NOT NULL
financial_statement.as_of date NOT NULL
financial_statement.net_assets_fen bigint NOT NULL
financial_statement.unearned_reserve_fen bigint NOT NULL
financial_statement.compensation_reserve_fen bigint NOT NULL
financial_statement.total_assets_fen bigint NOT NULL
financial_statement.payout_receivables_fen bigint NOT NULL
financial_statement.grade1_fen bigint NOT NULL
financial_statement.grade2_fen bigint NOT NULL
financial_statement.grade3_fen bigint NOT NULL
financial_statement.corrects uuid
financial_statement.filed_on date NOT NULL
financial_statement.filed_by_kind text NOT NULL
financial_statement.filed_by uuid NOT NULL
financial_statement.seq bigint NOT NULL
financial_statement.creation_hash bytea NOT NULL
industry.code text NOT NULL
industry.section text
industry.name text NOT NULL
industry.from_day date NOT NULL
industry.until_day date
institution.id uuid NOT NULL
institution.code text NOT NULL
institution.name text NOT NULL
institution.kind text NOT NULL
institution.region_code text NOT NULL
institution.status text NOT NULL
institution.status_since date NOT NULL
institution.joined_on date NOT NULL
institution.onboarded_by uuid NOT NULL
institution.version bigint NOT NULL
institution.creation_hash bytea NOT NULL
institution_event.institution_id uuid NOT NULL
institution_event.id uuid NOT NULL
institution_event.subject_id uuid NOT NULL
institution_event.kind text NOT NULL
institution_event.effective_on date NOT NULL
institution_event.reason text NOT NULL
institution_event.seq bigint NOT NULL
institution_event.creation_hash bytea NOT NULL
journal_head.institution_id uuid NOT NULL
journal_head.seq bigint NOT NULL
journal_head.hash bytea NOT NULL
local_limit.institution_id uuid NOT NULL
local_limit.id uuid NOT NULL
local_limit.member_id uuid NOT NULL
local_limit.rule text NOT NULL
local_limit.key_code text
local_limit.value text NOT NULL
local_limit.from_day date NOT NULL
local_limit.until_day date
local_limit.document text NOT NULL
local_limit.version bigint NOT NULL
local_limit.creation_hash bytea NOT NULL
machine_client.institution_id uuid NOT NULL
machine_client.id uuid NOT NULL
machine_client.name text NOT NULL
machine_client.grants text NOT NULL
machine_client.secret_hash bytea NOT NULL
machine_client.revocation_id uuid
machine_client.revoked_on date
machine_client.version bigint NOT NULL
machine_client.creation_hash bytea NOT NULL
membership.id uuid NOT NULL
membership.institution_id uuid NOT NULL
membership.member_id uuid NOT NULL
membership.relation text NOT NULL
membership.from_day date NOT NULL
membership.until_day date
membership.version bigint NOT NULL
membership.creation_hash bytea NOT NULL
migration.version character varying NOT NULL
migration.applied_at bigint NOT NULL
one_time_link.institution_id uuid NOT NULL
one_time_link.id uuid NOT NULL
one_time_link.user_id uuid NOT NULL
one_time_link.secret_hash bytea NOT NULL
one_time_link.expires_at timestamp with time zone NOT NULL
one_time_link.used_at timestamp with time zone
product.institution_id uuid NOT NULL
product.id uuid NOT NULL
product.code text NOT NULL
product.name text NOT NULL
product.kind text NOT NULL
product.open boolean NOT NULL
product.from_day date NOT NULL
product.until_day date
product.client_max_fen bigint
product.payout_rate_cap text
product.payout_definition text
product.fee_max text
product.reguarantee_fee_max text
product.bank_min text
product.provincial_min text
product.grade1_name text
product.grade1_national_max text
product.grade2_name text
product.grade2_national_max text
product.grade3_name text
product.grade3_national_max text
product.replaces_rules text NOT NULL
product.document text NOT NULL
product.clause text NOT NULL
product.verified boolean NOT NULL
product.version bigint NOT NULL
product.creation_hash bytea NOT NULL
recovery_code.institution_id uuid NOT NULL
recovery_code.id uuid NOT NULL
recovery_code.user_id uuid NOT NULL
recovery_code.code_hash bytea NOT NULL
recovery_code.used_at timestamp with time zone
refresh_token.institution_id uuid NOT NULL
refresh_token.id uuid NOT NULL
refresh_token.session_id uuid NOT NULL
refresh_token.secret_hash bytea NOT NULL
refresh_token.issued_at timestamp with time zone NOT NULL
refresh_token.used_at timestamp with time zone
region.code text NOT NULL
region.name text NOT NULL
region.level text NOT NULL
region.province_code text NOT NULL
region.from_day date NOT NULL
region.until_day date
second_factor.institution_id uuid NOT NULL
second_factor.user_id uuid NOT NULL
second_factor.sealed_secret bytea NOT NULL
second_factor.confirmed_at timestamp with time zone
second_factor.last_step bigint NOT NULL
session.institution_id uuid NOT NULL
session.id uuid NOT NULL
session.user_id uuid
session.client_id uuid
session.started_at timestamp with time zone NOT NULL
session.expires_at timestamp with time zone NOT NULL
session.ended_at timestamp with time zone
session.ended_because text
supervisor_confirmation.institution_id uuid NOT NULL
supervisor_confirmation.id uuid NOT NULL
supervisor_confirmation.member_id uuid NOT NULL
supervisor_confirmation.kind text NOT NULL
supervisor_confirmation.from_day date NOT NULL
supervisor_confirmation.until_day date
supervisor_confirmation.document text NOT NULL
supervisor_confirmation.version bigint NOT NULL
supervisor_confirmation.creation_hash bytea NOT NULL
user_account.institution_id uuid NOT NULL
user_account.id uuid NOT NULL
user_account.name text NOT NULL
user_account.display_name text NOT NULL
user_account.role text NOT NULL
user_account.status text NOT NULL
user_account.offboarding_id uuid
user_account.offboarded_on date
user_account.version bigint NOT NULL
user_account.creation_hash bytea NOT NULL

-- constraints
zengxin.audit_entry audit_entry_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text, 'nobody'::text, 'operator'::text])))
zengxin.audit_entry audit_entry_hash_length CHECK ((octet_length(hash) = 32))
zengxin.audit_entry audit_entry_outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text])))
zengxin.audit_entry audit_entry_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.audit_entry audit_entry_pk PRIMARY KEY (institution_id, seq)
zengxin.audit_entry audit_entry_seq_positive CHECK ((seq > 0))
zengxin.award_unit award_unit_pk PRIMARY KEY (code, from_day)
zengxin.award_unit award_unit_region_known CHECK ((region = ANY (ARRAY['east'::text, 'central'::text, 'west'::text])))
zengxin.bank bank_code_form CHECK ((code ~ '^[A-Z0-9]{2,20}$'::text))
zengxin.bank bank_code_key UNIQUE (code)
zengxin.bank bank_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.bank bank_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.bank bank_pk PRIMARY KEY (id)
zengxin.bank bank_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.bank bank_version_positive CHECK ((version > 0))
zengxin.bank_branch bank_branch_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank(id)
zengxin.bank_branch bank_branch_code_form CHECK ((code ~ '^[A-Z0-9]{2,20}$'::text))
zengxin.bank_branch bank_branch_code_key UNIQUE (code)
zengxin.bank_branch bank_branch_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.bank_branch bank_branch_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.bank_branch bank_branch_pk PRIMARY KEY (id)
zengxin.bank_branch bank_branch_region_form CHECK ((region_code ~ '^[0-9]{6}$'::text))
zengxin.bank_branch bank_branch_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.bank_branch bank_branch_version_positive CHECK ((version > 0))
zengxin.credential credential_failures_not_negative CHECK ((failures >= 0))
zengxin.credential credential_pk PRIMARY KEY (institution_id, user_id)
zengxin.credential credential_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.deadline deadline_clause_length CHECK (((char_length(clause) >= 1) AND (char_length(clause) <= 100)))
zengxin.deadline deadline_day_of_month_range CHECK (((day_of_month >= 1) AND (day_of_month <= 31)))
zengxin.deadline deadline_document_length CHECK (((char_length(document) >= 1) AND (char_length(document) <= 500)))
zengxin.deadline deadline_month_offset_range CHECK (((month_offset >= 0) AND (month_offset <= 24)))
zengxin.deadline deadline_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.deadline deadline_period_known CHECK ((period = ANY (ARRAY['monthly'::text, 'quarterly'::text, 'half_year'::text, 'yearly'::text])))
zengxin.deadline deadline_pk PRIMARY KEY (id)
zengxin.deadline deadline_recipient_length CHECK (((char_length(recipient) >= 1) AND (char_length(recipient) <= 200)))
zengxin.deadline deadline_region_form CHECK ((region_code ~ '^[0-9]{6}$'::text))
zengxin.deadline deadline_report_form CHECK ((report_code ~ '^[a-z0-9][a-z0-9_]{1,47}$'::text))
zengxin.deadline deadline_reporter_known CHECK ((reporter_kind = ANY (ARRAY['national_fund'::text, 'provincial_reguarantor'::text, 'guarantee_institution'::text, 'finance_bureau'::text, 'supervisor'::text])))
zengxin.deadline deadline_stated_once EXCLUDE USING gist (institution_id WITH =, report_code WITH =, reporter_kind WITH =, COALESCE(region_code, ''::text) WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.deadline deadline_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.deadline deadline_version_positive CHECK ((version > 0))
zengxin.equity_investment equity_investment_amount_positive CHECK ((amount_fen > 0))
zengxin.equity_investment equity_investment_name_length CHECK (((char_length(investee_name) >= 1) AND (char_length(investee_name) <= 200)))
zengxin.equity_investment equity_investment_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.equity_investment equity_investment_pk PRIMARY KEY (institution_id, id)
zengxin.equity_investment equity_investment_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.equity_investment equity_investment_version_positive CHECK ((version > 0))
zengxin.financial_statement financial_statement_corrected_once UNIQUE (institution_id, corrects)
zengxin.financial_statement financial_statement_corrects_fk FOREIGN KEY (institution_id, corrects) REFERENCES zengxin.financial_statement(institution_id, id)
zengxin.financial_statement financial_statement_filed_by_known CHECK ((filed_by_kind = ANY (ARRAY['person'::text, 'machine'::text])))
zengxin.financial_statement financial_statement_not_negative CHECK ((LEAST(unearned_reserve_fen, compensation_reserve_fen, total_assets_fen, payout_receivables_fen, grade1_fen, grade2_fen, grade3_fen) >= 0))
zengxin.financial_statement financial_statement_not_of_the_future CHECK ((as_of <= filed_on))
zengxin.financial_statement financial_statement_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.financial_statement financial_statement_pk PRIMARY KEY (institution_id, id)
zengxin.financial_statement financial_statement_seq_positive CHECK ((seq > 0))
zengxin.industry industry_code_form CHECK ((code ~ '^([A-T]|[0-9]{2})$'::text))
zengxin.industry industry_pk PRIMARY KEY (code, from_day)
zengxin.industry industry_section_of_divisions CHECK (((section IS NULL) = (code ~ '^[A-T]$'::text)))
zengxin.institution institution_code_form CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text))
zengxin.institution institution_code_key UNIQUE (code)
zengxin.institution institution_kind_known CHECK ((kind = ANY (ARRAY['national_fund'::text, 'provincial_reguarantor'::text, 'guarantee_institution'::text, 'finance_bureau'::text, 'supervisor'::text])))
zengxin.institution institution_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.institution institution_onboarded_by_fk FOREIGN KEY (onboarded_by) REFERENCES zengxin.institution(id)
zengxin.institution institution_pk PRIMARY KEY (id)
zengxin.institution institution_region_form CHECK ((region_code ~ '^[0-9]{6}$'::text))
zengxin.institution institution_status_known CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'withdrawn'::text])))
zengxin.institution institution_version_positive CHECK ((version > 0))
zengxin.institution_event institution_event_kind_known CHECK ((kind = ANY (ARRAY['suspended'::text, 'reinstated'::text, 'withdrawn'::text])))
zengxin.institution_event institution_event_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.institution_event institution_event_pk PRIMARY KEY (institution_id, id)
zengxin.institution_event institution_event_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.institution_event institution_event_subject_fk FOREIGN KEY (subject_id) REFERENCES zengxin.institution(id)
zengxin.journal_head journal_head_hash_length CHECK ((octet_length(hash) = 32))
zengxin.journal_head journal_head_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.journal_head journal_head_pk PRIMARY KEY (institution_id)
zengxin.journal_head journal_head_seq_not_negative CHECK ((seq >= 0))
zengxin.local_limit local_limit_document_length CHECK (((char_length(document) >= 1) AND (char_length(document) <= 500)))
zengxin.local_limit local_limit_key_form CHECK (
CASE rule
    WHEN 'region'::text THEN ((key_code IS NULL) OR (key_code ~ '^[0-9]{6}$'::text))
    WHEN 'industry'::text THEN ((key_code IS NULL) OR (key_code ~ '^([A-T]|[0-9]{2})$'::text))
    ELSE (key_code IS NULL)
END)
zengxin.local_limit local_limit_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution(id)
zengxin.local_limit local_limit_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.local_limit local_limit_pk PRIMARY KEY (institution_id, id)
zengxin.local_limit local_limit_rule_known CHECK ((rule = ANY (ARRAY['small_agri_share'::text, 'small_ticket_share'::text, 'fee_up_to_small_ticket'::text, 'fee_above_small_ticket'::text, 'reguarantee_fee_up_to_small_ticket'::text, 'reguarantee_fee_above_small_ticket'::text, 'bank_share'::text, 'single_client'::text, 'related_group'::text, 'leverage'::text, 'top_ten_clients'::text, 'region'::text, 'industry'::text])))
zengxin.local_limit local_limit_stated_once EXCLUDE USING gist (institution_id WITH =, member_id WITH =, rule WITH =, COALESCE(key_code, ''::text) WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.local_limit local_limit_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.local_limit local_limit_value_form CHECK ((value ~ '^[0-9]+(\.[0-9]{1,10})?$'::text))
zengxin.local_limit local_limit_version_positive CHECK ((version > 0))
zengxin.machine_client machine_client_name_key UNIQUE (institution_id, name)
zengxin.machine_client machine_client_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
zengxin.machine_client machine_client_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.machine_client machine_client_pk PRIMARY KEY (institution_id, id)
zengxin.machine_client machine_client_revocation_whole CHECK (((revocation_id IS NULL) = (revoked_on IS NULL)))
zengxin.machine_client machine_client_version_positive CHECK ((version > 0))
zengxin.membership membership_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution(id)
zengxin.membership membership_of_another CHECK ((institution_id <> member_id))
zengxin.membership membership_one_reguarantor EXCLUDE USING gist (member_id WITH =, daterange(from_day, until_day, '[)'::text) WITH &&) WHERE ((relation = 'reguarantees'::text))
zengxin.membership membership_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.membership membership_pk PRIMARY KEY (institution_id, id)
zengxin.membership membership_relation_known CHECK ((relation = ANY (ARRAY['reguarantees'::text, 'reviews'::text, 'supervises'::text])))
zengxin.membership membership_stated_once EXCLUDE USING gist (institution_id WITH =, member_id WITH =, relation WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.membership membership_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.membership membership_version_positive CHECK ((version > 0))
zengxin.migration migration_pkey PRIMARY KEY (version)
zengxin.one_time_link one_time_link_pk PRIMARY KEY (institution_id, id)
zengxin.one_time_link one_time_link_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.product product_clause_length CHECK (((char_length(clause) >= 1) AND (char_length(clause) <= 100)))
zengxin.product product_client_max_positive CHECK ((client_max_fen > 0))
zengxin.product product_code_form CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text))
zengxin.product product_document_length CHECK (((char_length(document) >= 1) AND (char_length(document) <= 500)))
zengxin.product product_grades_in_order CHECK ((((grade1_name IS NOT NULL) OR (grade2_name IS NULL)) AND ((grade2_name IS NOT NULL) OR (grade3_name IS NULL))))
zengxin.product product_grades_whole CHECK ((((grade1_name IS NULL) = (grade1_national_max IS NULL)) AND ((grade2_name IS NULL) = (grade2_national_max IS NULL)) AND ((grade3_name IS NULL) = (grade3_national_max IS NULL))))
zengxin.product product_kind_known CHECK ((kind = ANY (ARRAY['regular'::text, 'batch'::text, 'plan'::text, 'startup'::text])))
zengxin.product product_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.product product_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.product product_payout_cap_whole CHECK (((payout_rate_cap IS NULL) = (payout_definition IS NULL)))
zengxin.product product_payout_definition_known CHECK ((payout_definition = ANY (ARRAY['institution'::text, 'batch'::text])))
zengxin.product product_pk PRIMARY KEY (institution_id, id)
zengxin.product product_rates_form CHECK ((concat_ws(' '::text, payout_rate_cap, fee_max, reguarantee_fee_max, bank_min, provincial_min, grade1_national_max, grade2_national_max, grade3_national_max) ~ '^([01](\.[0-9]{1,10})?( |$))*$'::text))
zengxin.product product_replaces_rules_form CHECK ((replaces_rules ~ '^([a-z_]+\.[a-z_]+( |$))*$'::text))
zengxin.product product_stated_once EXCLUDE USING gist (institution_id WITH =, code WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.product product_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.product product_version_positive CHECK ((version > 0))
zengxin.recovery_code recovery_code_pk PRIMARY KEY (institution_id, id)
zengxin.recovery_code recovery_code_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.refresh_token refresh_token_pk PRIMARY KEY (institution_id, id)
zengxin.refresh_token refresh_token_session_fk FOREIGN KEY (institution_id, session_id) REFERENCES zengxin.session(institution_id, id)
zengxin.region region_code_form CHECK (((code ~ '^[0-9]{6}$'::text) AND (province_code ~ '^[0-9]{2}0000$'::text)))
zengxin.region region_level_known CHECK ((level = ANY (ARRAY['province'::text, 'city'::text])))
zengxin.region region_pk PRIMARY KEY (code, from_day)
zengxin.region region_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.second_factor second_factor_pk PRIMARY KEY (institution_id, user_id)
zengxin.second_factor second_factor_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.session session_client_fk FOREIGN KEY (institution_id, client_id) REFERENCES zengxin.machine_client(institution_id, id)
zengxin.session session_end_known CHECK ((ended_because = ANY (ARRAY['logged_out'::text, 'reused'::text, 'password_changed'::text, 'account_changed'::text, 'offboarded'::text, 'revoked'::text])))
zengxin.session session_end_whole CHECK (((ended_at IS NULL) = (ended_because IS NULL)))
zengxin.session session_of_one CHECK (((user_id IS NULL) <> (client_id IS NULL)))
zengxin.session session_pk PRIMARY KEY (institution_id, id)
zengxin.session session_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.supervisor_confirmation supervisor_confirmation_document_length CHECK (((char_length(document) >= 1) AND (char_length(document) <= 500)))
zengxin.supervisor_confirmation supervisor_confirmation_kind_known CHECK ((kind = ANY (ARRAY['mainly_small'::text, 'technology_linkage'::text])))
zengxin.supervisor_confirmation supervisor_confirmation_member_fk FOREIGN KEY (member_id) REFERENCES zengxin.institution(id)
zengxin.supervisor_confirmation supervisor_confirmation_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.supervisor_confirmation supervisor_confirmation_pk PRIMARY KEY (institution_id, id)
zengxin.supervisor_confirmation supervisor_confirmation_stated_once EXCLUDE USING gist (institution_id WITH =, member_id WITH =, kind WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.supervisor_confirmation supervisor_confirmation_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.supervisor_confirmation supervisor_confirmation_version_positive CHECK ((version > 0))
zengxin.user_account user_account_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 100)))
zengxin.user_account user_account_name_form CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text))
zengxin.user_account user_account_name_key UNIQUE (institution_id, name)
zengxin.user_account user_account_offboarding_whole CHECK ((((status = 'offboarded'::text) = (offboarding_id IS NOT NULL)) AND ((offboarding_id IS NULL) = (offboarded_on IS NULL))))
zengxin.user_account user_account_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.user_account user_account_pk PRIMARY KEY (institution_id, id)
zengxin.user_account user_account_role_known CHECK ((role = ANY (ARRAY['officer'::text, 'approver'::text, 'treasurer'::text, 'auditor'::text, 'admin'::text, 'reviewer'::text, 'bureau_approver'::text, 'client'::text])))
zengxin.user_account user_account_status_known CHECK ((status = ANY (ARRAY['active'::text, 'offboarded'::text])))
zengxin.user_account user_account_version_positive CHECK ((version > 0))

-- indexes
CREATE UNIQUE INDEX audit_entry_pk ON zengxin.audit_entry USING btree (institution_id, seq)
CREATE UNIQUE INDEX award_unit_pk ON zengxin.award_unit USING btree (code, from_day)
CREATE UNIQUE INDEX bank_branch_code_key ON zengxin.bank_branch USING btree (code)
CREATE INDEX bank_branch_of_bank ON zengxin.bank_branch USING btree (bank_id, code)
CREATE UNIQUE INDEX bank_branch_pk ON zengxin.bank_branch USING btree (id)
CREATE UNIQUE INDEX bank_code_key ON zengxin.bank USING btree (code)
CREATE UNIQUE INDEX bank_pk ON zengxin.bank USING btree (id)
CREATE UNIQUE INDEX credential_pk ON zengxin.credential USING btree (institution_id, user_id)
CREATE UNIQUE INDEX deadline_pk ON zengxin.deadline USING btree (id)
CREATE INDEX deadline_stated_once ON zengxin.deadline USING gist (institution_id, report_code, reporter_kind, COALESCE(region_code, ''::text), daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX equity_investment_pk ON zengxin.equity_investment USING btree (institution_id, id)
CREATE UNIQUE INDEX financial_statement_corrected_once ON zengxin.financial_statement USING btree (institution_id, corrects)
CREATE UNIQUE INDEX financial_statement_first_of_day ON zengxin.financial_statement USING btree (institution_id, as_of) WHERE (corrects IS NULL)
CREATE INDEX financial_statement_latest ON zengxin.financial_statement USING btree (institution_id, as_of, seq)
CREATE UNIQUE INDEX financial_statement_pk ON zengxin.financial_statement USING btree (institution_id, id)
CREATE UNIQUE INDEX industry_pk ON zengxin.industry USING btree (code, from_day)
CREATE UNIQUE INDEX institution_code_key ON zengxin.institution USING btree (code)
CREATE UNIQUE INDEX institution_event_pk ON zengxin.institution_event USING btree (institution_id, id)
CREATE INDEX institution_event_subject ON zengxin.institution_event USING btree (institution_id, subject_id, seq)
CREATE UNIQUE INDEX institution_pk ON zengxin.institution USING btree (id)
CREATE UNIQUE INDEX journal_head_pk ON zengxin.journal_head USING btree (institution_id)
CREATE INDEX local_limit_of_member ON zengxin.local_limit USING btree (member_id, from_day)
CREATE UNIQUE INDEX local_limit_pk ON zengxin.local_limit USING btree (institution_id, id)
CREATE INDEX local_limit_stated_once ON zengxin.local_limit USING gist (institution_id, member_id, rule, COALESCE(key_code, ''::text), daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX machine_client_name_key ON zengxin.machine_client USING btree (institution_id, name)
CREATE UNIQUE INDEX machine_client_pk ON zengxin.machine_client USING btree (institution_id, id)
CREATE INDEX membership_one_reguarantor ON zengxin.membership USING gist (member_id, daterange(from_day, until_day, '[)'::text)) WHERE (relation = 'reguarantees'::text)
CREATE UNIQUE INDEX membership_pk ON zengxin.membership USING btree (institution_id, id)
CREATE INDEX membership_stated_once ON zengxin.membership USING gist (institution_id, member_id, relation, daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX migration_pkey ON zengxin.migration USING btree (version)
CREATE INDEX one_time_link_of_user ON zengxin.one_time_link USING btree (institution_id, user_id) WHERE (used_at IS NULL)
CREATE UNIQUE INDEX one_time_link_pk ON zengxin.one_time_link USING btree (institution_id, id)
CREATE UNIQUE INDEX product_pk ON zengxin.product USING btree (institution_id, id)
CREATE INDEX product_stated_once ON zengxin.product USING gist (institution_id, code, daterange(from_day, until_day, '[)'::text))
CREATE INDEX recovery_code_of_user ON zengxin.recovery_code USING btree (institution_id, user_id) WHERE (used_at IS NULL)
CREATE UNIQUE INDEX recovery_code_pk ON zengxin.recovery_code USING btree (institution_id, id)
CREATE UNIQUE INDEX refresh_token_pk ON zengxin.refresh_token USING btree (institution_id, id)
CREATE UNIQUE INDEX region_pk ON zengxin.region USING btree (code, from_day)
CREATE UNIQUE INDEX second_factor_pk ON zengxin.second_factor USING btree (institution_id, user_id)
CREATE INDEX session_of_client ON zengxin.session USING btree (institution_id, client_id) WHERE (ended_at IS NULL)
CREATE INDEX session_of_user ON zengxin.session USING btree (institution_id, user_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX session_pk ON zengxin.session USING btree (institution_id, id)
CREATE INDEX supervisor_confirmation_of_member ON zengxin.supervisor_confirmation USING btree (member_id, from_day)
CREATE UNIQUE INDEX supervisor_confirmation_pk ON zengxin.supervisor_confirmation USING btree (institution_id, id)
CREATE INDEX supervisor_confirmation_stated_once ON zengxin.supervisor_confirmation USING gist (institution_id, member_id, kind, daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX user_account_name_key ON zengxin.user_account USING btree (institution_id, name)
CREATE UNIQUE INDEX user_account_pk ON zengxin.user_account USING btree (institution_id, id)

-- policies
audit_entry audit_entry_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
audit_entry audit_entry_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
award_unit award_unit_read SELECT USING (true) WITH CHECK ()
bank bank_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
bank bank_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
bank bank_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
bank_branch bank_branch_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
bank_branch bank_branch_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
bank_branch bank_branch_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
credential credential_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
credential credential_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
credential credential_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
deadline deadline_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
deadline deadline_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
deadline deadline_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
equity_investment equity_investment_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
equity_investment equity_investment_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
equity_investment equity_investment_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
financial_statement financial_statement_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
financial_statement financial_statement_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
industry industry_read SELECT USING (true) WITH CHECK ()
institution institution_insert INSERT USING () WITH CHECK ((onboarded_by = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
institution institution_read SELECT USING (true) WITH CHECK ()
institution institution_update UPDATE USING ((onboarded_by = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
institution_event institution_event_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
institution_event institution_event_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (subject_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
journal_head journal_head_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
journal_head journal_head_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
journal_head journal_head_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
local_limit local_limit_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
local_limit local_limit_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (member_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
local_limit local_limit_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
machine_client machine_client_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
machine_client machine_client_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
machine_client machine_client_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
membership membership_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
membership membership_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (member_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
membership membership_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
one_time_link one_time_link_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
one_time_link one_time_link_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
one_time_link one_time_link_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
product product_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
product product_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (open AND (NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)))) WITH CHECK ()
product product_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
recovery_code recovery_code_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
recovery_code recovery_code_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
recovery_code recovery_code_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
refresh_token refresh_token_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
refresh_token refresh_token_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
refresh_token refresh_token_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
region region_read SELECT USING (true) WITH CHECK ()
second_factor second_factor_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
second_factor second_factor_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
second_factor second_factor_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
session session_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
session session_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
session session_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
supervisor_confirmation supervisor_confirmation_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
supervisor_confirmation supervisor_confirmation_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (member_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
supervisor_confirmation supervisor_confirmation_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
user_account user_account_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
user_account user_account_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
user_account user_account_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()

-- grants
audit_entry INSERT, SELECT
award_unit SELECT
bank INSERT, SELECT
bank.until_day UPDATE
bank.version UPDATE
bank_branch INSERT, SELECT
bank_branch.until_day UPDATE
bank_branch.version UPDATE
credential INSERT, SELECT
credential.changed_at UPDATE
credential.failures UPDATE
credential.locked_until UPDATE
credential.password_hash UPDATE
deadline INSERT, SELECT
deadline.until_day UPDATE
deadline.version UPDATE
equity_investment INSERT, SELECT
equity_investment.until_day UPDATE
equity_investment.version UPDATE
financial_statement INSERT, SELECT
industry SELECT
institution INSERT, SELECT
institution.name UPDATE
institution.region_code UPDATE
institution.status UPDATE
institution.status_since UPDATE
institution.version UPDATE
institution_event INSERT, SELECT
journal_head INSERT, SELECT, UPDATE
journal_head.hash UPDATE
journal_head.institution_id UPDATE
journal_head.seq UPDATE
local_limit INSERT, SELECT
local_limit.until_day UPDATE
local_limit.version UPDATE
machine_client INSERT, SELECT
machine_client.revocation_id UPDATE
machine_client.revoked_on UPDATE
machine_client.version UPDATE
membership INSERT, SELECT
membership.until_day UPDATE
membership.version UPDATE
migration SELECT
one_time_link INSERT, SELECT
one_time_link.used_at UPDATE
product INSERT, SELECT
product.until_day UPDATE
product.version UPDATE
recovery_code INSERT, SELECT
recovery_code.used_at UPDATE
refresh_token INSERT, SELECT
refresh_token.used_at UPDATE
region SELECT
second_factor INSERT, SELECT
second_factor.confirmed_at UPDATE
second_factor.last_step UPDATE
second_factor.sealed_secret UPDATE
session INSERT, SELECT
session.ended_at UPDATE
session.ended_because UPDATE
supervisor_confirmation INSERT, SELECT
supervisor_confirmation.until_day UPDATE
supervisor_confirmation.version UPDATE
user_account INSERT, SELECT
user_account.display_name UPDATE
user_account.offboarded_on UPDATE
user_account.offboarding_id UPDATE
user_account.role UPDATE
user_account.status UPDATE
user_account.version UPDATE

-- functions
CREATE OR REPLACE FUNCTION zengxin.append_audit(institution uuid, new_seq bigint, at timestamp with time zone, actor_kind text, actor_id uuid, action text, outcome text, object_kind text, object_id uuid, detail text, new_hash bytea)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO zengxin.audit_entry
  VALUES (institution, new_seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, new_hash);
  UPDATE zengxin.journal_head h SET seq = new_seq, hash = new_hash WHERE h.institution_id = institution;
END
$function$

CREATE OR REPLACE FUNCTION zengxin.enter(institution uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF institution IS NULL THEN
    RAISE EXCEPTION 'a transaction belongs to an institution' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  EXECUTE format('SET LOCAL app.institution_id = %L', institution);
END
$function$

CREATE OR REPLACE FUNCTION zengxin.enter_as(institution uuid, login uuid, at timestamp with time zone, OUT status text, OUT login_holds boolean)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM zengxin.enter(institution);
  SELECT i.status INTO status FROM zengxin.institution i WHERE i.id = institution;
  login_holds := login IS NULL OR EXISTS (SELECT FROM zengxin.session s
    WHERE s.institution_id = institution AND s.id = login AND s.ended_at IS NULL AND s.expires_at > at);
END
$function$


