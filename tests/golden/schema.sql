-- columns
agreement.institution_id uuid NOT NULL
agreement.id uuid NOT NULL
agreement.number text NOT NULL
agreement.name text NOT NULL
agreement.bank_id uuid
agreement.provincial_id uuid
agreement.national_id uuid
agreement.product_ids uuid[] NOT NULL
agreement.cap_fen bigint
agreement.from_day date NOT NULL
agreement.until_day date
agreement.version bigint NOT NULL
agreement.creation_hash bytea NOT NULL
agreement_terms.institution_id uuid NOT NULL
agreement_terms.id uuid NOT NULL
agreement_terms.agreement_id uuid NOT NULL
agreement_terms.from_day date NOT NULL
agreement_terms.until_day date
agreement_terms.bank_share_e10 bigint NOT NULL
agreement_terms.institution_share_e10 bigint NOT NULL
agreement_terms.provincial_share_e10 bigint NOT NULL
agreement_terms.national_share_e10 bigint NOT NULL
agreement_terms.local_finance_share_e10 bigint NOT NULL
agreement_terms.other_share_e10 bigint NOT NULL
agreement_terms.provincial_fee_rate_e10 bigint NOT NULL
agreement_terms.national_fee_rate_e10 bigint NOT NULL
agreement_terms.early_release text NOT NULL
agreement_terms.seq bigint NOT NULL
agreement_terms.version bigint NOT NULL
agreement_terms.creation_hash bytea NOT NULL
agreement_terms.provincial_id uuid
agreement_terms.national_id uuid
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
cession.institution_id uuid NOT NULL
cession.reguarantor_id uuid NOT NULL
cession.event_id uuid NOT NULL
cession.contract_id uuid NOT NULL
cession.layer text NOT NULL
cession.kind text NOT NULL
cession.effective_on date NOT NULL
cession.number text NOT NULL
cession.client_kind text NOT NULL
cession.region_code text NOT NULL
cession.industry_code text
cession.bank_id uuid
cession.loan_number text
cession.start_day date NOT NULL
cession.end_day date NOT NULL
cession.amount_fen bigint NOT NULL
cession.outstanding_fen bigint NOT NULL
cession.fee_fen bigint NOT NULL
cession.share_e10 bigint NOT NULL
cession.seq bigint NOT NULL
cession.head_hash bytea NOT NULL
cession.agreement_id uuid
cession.approved_on date
cession.small_ticket boolean
cession_position.institution_id uuid NOT NULL
cession_position.reguarantor_id uuid NOT NULL
cession_position.contracts bigint NOT NULL
cession_position.outstanding_fen bigint NOT NULL
cession_position.small_agri_fen bigint NOT NULL
cession_position.share_e10 bigint NOT NULL
client_exposure.institution_id uuid NOT NULL
client_exposure.party_id uuid NOT NULL
client_exposure.total_fen bigint NOT NULL
client_exposure.small_agri_fen bigint NOT NULL
client_exposure.small_loan_fen bigint NOT NULL
client_exposure.farmer_loan_fen bigint NOT NULL
client_exposure.other_loan_fen bigint NOT NULL
client_exposure.rated_bond_fen bigint NOT NULL
client_exposure.other_bond_fen bigint NOT NULL
client_exposure.housing_fen bigint NOT NULL
client_exposure.other_fen bigint NOT NULL
client_exposure.regulator_small_fen bigint NOT NULL
client_exposure.regulator_small_credit_fen bigint NOT NULL
contract.institution_id uuid NOT NULL
contract.id uuid NOT NULL
contract.number text NOT NULL
contract.party_id uuid NOT NULL
contract.client_id uuid NOT NULL
contract.agreement_id uuid
contract.product_id uuid
contract.product_stated_by uuid
contract.client_grade text
contract.kind text NOT NULL
contract.issuer_rating text
contract.bank_id uuid
contract.branch_id uuid
contract.loan_number text
contract.principal_fen bigint NOT NULL
contract.loan_rate_e10 bigint NOT NULL
contract.credit_line_fen bigint NOT NULL
contract.operating_loan boolean NOT NULL
contract.existing_loan text NOT NULL
contract.purpose text NOT NULL
contract.amount_fen bigint NOT NULL
contract.fee_fen bigint NOT NULL
contract.charges jsonb NOT NULL
contract.signed_on date NOT NULL
contract.start_day date NOT NULL
contract.end_day date NOT NULL
contract.startup_hires integer
contract.startup_staff integer
contract.counter_guarantee text NOT NULL
contract.tags text NOT NULL
contract.state text NOT NULL
contract.content_version bigint NOT NULL
contract.content_hash bytea NOT NULL
contract.drafted_by uuid NOT NULL
contract.submitted_by uuid
contract.decided_by uuid
contract.version bigint NOT NULL
contract.creation_hash bytea NOT NULL
contract.client_kind text
contract.size_class text
contract.region_code text
contract.industry_code text
contract.provincial_id uuid
contract.national_id uuid
contract.bank_share_e10 bigint
contract.institution_share_e10 bigint
contract.provincial_share_e10 bigint
contract.national_share_e10 bigint
contract.local_finance_share_e10 bigint
contract.other_share_e10 bigint
contract.provincial_fee_fen bigint
contract.national_fee_fen bigint
contract.early_release text
contract.approved_on date
contract.begun_on date
contract.ended_on date
contract.outstanding_fen bigint NOT NULL
contract.import_id uuid
contract.fee_known boolean NOT NULL
contract.client_kind_declared boolean NOT NULL
contract.charged_off_fen bigint
contract.charged_off_on date
contract_content.institution_id uuid NOT NULL
contract_content.contract_id uuid NOT NULL
contract_content.content_version bigint NOT NULL
contract_content.content text NOT NULL
contract_content.content_hash bytea NOT NULL
contract_content.replaced_by uuid NOT NULL
contract_content.replaced_at timestamp with time zone NOT NULL
contract_event.institution_id uuid NOT NULL
contract_event.id uuid NOT NULL
contract_event.contract_id uuid NOT NULL
contract_event.client_id uuid NOT NULL
contract_event.seq bigint NOT NULL
contract_event.kind text NOT NULL
contract_event.effective_on date NOT NULL
contract_event.recorded_at timestamp with time zone NOT NULL
contract_event.actor_kind text NOT NULL
contract_event.actor_id uuid
contract_event.amount_fen bigint NOT NULL
contract_event.outstanding_fen bigint NOT NULL
contract_event.refund_fen bigint NOT NULL
contract_event.content_version bigint NOT NULL
contract_event.content_hash bytea NOT NULL
contract_event.reason text
contract_event.reverses uuid
contract_event.rulebook text
contract_event.findings json
contract_event.creation_hash bytea NOT NULL
contract_event.small_ticket boolean
contract_exception.institution_id uuid NOT NULL
contract_exception.id uuid NOT NULL
contract_exception.contract_id uuid NOT NULL
contract_exception.rule text NOT NULL
contract_exception.content_version bigint NOT NULL
contract_exception.reason text NOT NULL
contract_exception.expires_on date NOT NULL
contract_exception.granted_by uuid NOT NULL
contract_exception.granted_on date NOT NULL
contract_exception.seq bigint NOT NULL
contract_exception.creation_hash bytea NOT NULL
contract_finding.institution_id uuid NOT NULL
contract_finding.event_id uuid NOT NULL
contract_finding.place integer NOT NULL
contract_finding.contract_id uuid NOT NULL
contract_finding.rule text NOT NULL
contract_finding.outcome text NOT NULL
contract_finding.seq bigint NOT NULL
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
drift_alert.institution_id uuid NOT NULL
drift_alert.id uuid NOT NULL
drift_alert.reguarantor_id uuid
drift_alert.rule text NOT NULL
drift_alert.raised_on date NOT NULL
drift_alert.raised_seq bigint NOT NULL
drift_alert.measured text NOT NULL
drift_alert.limit_value text NOT NULL
drift_alert.cleared_on date
drift_alert.cleared_seq bigint
drift_alert.national_id uuid
equity_investment.institution_id uuid NOT NULL
equity_investment.id uuid NOT NULL
equity_investment.investee_name text NOT NULL
equity_investment.amount_fen bigint NOT NULL
equity_investment.technology_linkage boolean NOT NULL
equity_investment.from_day date NOT NULL
equity_investment.until_day date
equity_investment.version bigint NOT NULL
equity_investment.creation_hash bytea NOT NULL
fee_carry.institution_id uuid NOT NULL
fee_carry.id uuid NOT NULL
fee_carry.kind text NOT NULL
fee_carry.release_id uuid NOT NULL
fee_carry.contract_id uuid NOT NULL
fee_carry.to_contract_id uuid
fee_carry.amount_fen bigint NOT NULL
fee_carry.effective_on date NOT NULL
fee_carry.reverses uuid
fee_carry.reason text
fee_carry.recorded_at timestamp with time zone NOT NULL
fee_carry.actor_kind text NOT NULL
fee_carry.actor_id uuid
fee_carry.seq bigint NOT NULL
fee_carry.creation_hash bytea NOT NULL
filing_application.institution_id uuid NOT NULL
filing_application.event_id uuid NOT NULL
filing_application.contract_id uuid NOT NULL
filing_application.reguarantor_id uuid NOT NULL
filing_application.decision_id uuid NOT NULL
filing_application.borne_share_e10 bigint NOT NULL
filing_application.from_day date NOT NULL
filing_application.seq bigint NOT NULL
filing_decision.institution_id uuid NOT NULL
filing_decision.id uuid NOT NULL
filing_decision.cedent_id uuid NOT NULL
filing_decision.contract_id uuid NOT NULL
filing_decision.decision text NOT NULL
filing_decision.reason text
filing_decision.decided_on date NOT NULL
filing_decision.actor_kind text NOT NULL
filing_decision.actor_id uuid NOT NULL
filing_decision.share_e10 bigint NOT NULL
filing_decision.seq bigint NOT NULL
filing_decision.creation_hash bytea NOT NULL
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
import_fault.institution_id uuid NOT NULL
import_fault.job_id uuid NOT NULL
import_fault.row_number bigint NOT NULL
import_fault.place integer NOT NULL
import_fault.column_name text NOT NULL
import_fault.code text NOT NULL
import_fault.message text NOT NULL
import_fault.message_en text NOT NULL
import_fault.sealed bytea NOT NULL
import_file.institution_id uuid NOT NULL
import_file.id uuid NOT NULL
import_file.name text NOT NULL
import_file.bytes bigint NOT NULL
import_file.hash bytea NOT NULL
import_file.encoding text NOT NULL
import_file.delimiter text NOT NULL
import_file.columns integer NOT NULL
import_file.rows bigint NOT NULL
import_file.uploaded_by uuid NOT NULL
import_file.uploaded_at timestamp with time zone NOT NULL
import_file.forgotten_at timestamp with time zone
import_file.creation_hash bytea NOT NULL
import_job.institution_id uuid NOT NULL
import_job.id uuid NOT NULL
import_job.file_id uuid NOT NULL
import_job.mapping_id uuid
import_job.mapping_version bigint
import_job.mapping text NOT NULL
import_job.check_id uuid
import_job.state text NOT NULL
import_job.version bigint NOT NULL
import_job.attempts integer NOT NULL
import_job.holder uuid
import_job.held_until timestamp with time zone
import_job.cancel_id uuid
import_job.rows bigint NOT NULL
import_job.done bigint NOT NULL
import_job.imported bigint NOT NULL
import_job.unchanged bigint NOT NULL
import_job.bad bigint NOT NULL
import_job.findings text NOT NULL
import_job.faults text NOT NULL
import_job.problem text
import_job.run_id uuid
import_job.started_by uuid NOT NULL
import_job.requested_at timestamp with time zone NOT NULL
import_job.began_at timestamp with time zone
import_job.ended_at timestamp with time zone
import_job.seq bigint NOT NULL
import_job.creation_hash bytea NOT NULL
import_mapping.institution_id uuid NOT NULL
import_mapping.id uuid NOT NULL
import_mapping.name text NOT NULL
import_mapping.content text NOT NULL
import_mapping.version bigint NOT NULL
import_mapping.creation_hash bytea NOT NULL
import_mapping_version.institution_id uuid NOT NULL
import_mapping_version.mapping_id uuid NOT NULL
import_mapping_version.version bigint NOT NULL
import_mapping_version.name text NOT NULL
import_mapping_version.content text NOT NULL
import_mapping_version.stated_by uuid NOT NULL
import_mapping_version.stated_at timestamp with time zone NOT NULL
import_mapping_version.seq bigint NOT NULL
import_part.institution_id uuid NOT NULL
import_part.file_id uuid NOT NULL
import_part.place integer NOT NULL
import_part.first_row bigint NOT NULL
import_part.sealed bytea NOT NULL
import_run.institution_id uuid NOT NULL
import_run.id uuid NOT NULL
import_run.file_name text NOT NULL
import_run.file_hash bytea NOT NULL
import_run.mapping_hash bytea NOT NULL
import_run.state text NOT NULL
import_run.rows bigint NOT NULL
import_run.imported bigint NOT NULL
import_run.unchanged bigint NOT NULL
import_run.bad bigint NOT NULL
import_run.seq bigint NOT NULL
import_run.started_at timestamp with time zone NOT NULL
import_run.finished_at timestamp with time zone
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
journal_head.facts_seq bigint NOT NULL
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
month_end.institution_id uuid NOT NULL
month_end.month_end date NOT NULL
month_end.edition integer NOT NULL
month_end.total_fen bigint NOT NULL
month_end.committed_fen bigint NOT NULL
month_end.small_agri_fen bigint NOT NULL
month_end.small_ticket_fen bigint NOT NULL
month_end.clients bigint NOT NULL
month_end.small_agri_clients bigint NOT NULL
month_end.liability_fen bigint NOT NULL
month_end.net_assets_fen bigint
month_end.new_amount_fen bigint NOT NULL
month_end.measures jsonb NOT NULL
month_end.kept_at timestamp with time zone NOT NULL
one_time_link.institution_id uuid NOT NULL
one_time_link.id uuid NOT NULL
one_time_link.user_id uuid NOT NULL
one_time_link.secret_hash bytea NOT NULL
one_time_link.expires_at timestamp with time zone NOT NULL
one_time_link.used_at timestamp with time zone
party.institution_id uuid NOT NULL
party.id uuid NOT NULL
party.name text NOT NULL
party.name_key text NOT NULL
party.kind text NOT NULL
party.region_code text NOT NULL
party.industry_code text
party.status text NOT NULL
party.merged_into uuid
party.version bigint NOT NULL
party.creation_hash bytea NOT NULL
party.import_id uuid
party_disclosure.institution_id uuid NOT NULL
party_disclosure.id uuid NOT NULL
party_disclosure.party_id uuid NOT NULL
party_disclosure.identifier_id uuid NOT NULL
party_disclosure.user_id uuid NOT NULL
party_disclosure.reason text NOT NULL
party_disclosure.disclosed_at timestamp with time zone NOT NULL
party_disclosure.seq bigint NOT NULL
party_disclosure.creation_hash bytea NOT NULL
party_flag.institution_id uuid NOT NULL
party_flag.id uuid NOT NULL
party_flag.party_id uuid NOT NULL
party_flag.kind text NOT NULL
party_flag.source text NOT NULL
party_flag.from_day date NOT NULL
party_flag.until_day date
party_flag.seq bigint NOT NULL
party_flag.ended_seq bigint
party_flag.version bigint NOT NULL
party_flag.creation_hash bytea NOT NULL
party_gram.institution_id uuid NOT NULL
party_gram.gram text NOT NULL
party_gram.party_id uuid NOT NULL
party_group.institution_id uuid NOT NULL
party_group.id uuid NOT NULL
party_group.name text NOT NULL
party_group.version bigint NOT NULL
party_group.creation_hash bytea NOT NULL
party_group_member.institution_id uuid NOT NULL
party_group_member.id uuid NOT NULL
party_group_member.group_id uuid NOT NULL
party_group_member.party_id uuid NOT NULL
party_group_member.from_day date NOT NULL
party_group_member.until_day date
party_group_member.seq bigint NOT NULL
party_group_member.ended_seq bigint
party_group_member.version bigint NOT NULL
party_group_member.creation_hash bytea NOT NULL
party_identifier.institution_id uuid NOT NULL
party_identifier.id uuid NOT NULL
party_identifier.party_id uuid NOT NULL
party_identifier.scheme text NOT NULL
party_identifier.clear_value text
party_identifier.sealed_value bytea
party_identifier.blind_key text NOT NULL
party_identifier.blind_index bytea NOT NULL
party_identifier.last_four text NOT NULL
party_identifier.from_day date NOT NULL
party_identifier.until_day date
party_identifier.seq bigint NOT NULL
party_identifier.ended_seq bigint
party_identifier.version bigint NOT NULL
party_identifier.creation_hash bytea NOT NULL
party_jobs.institution_id uuid NOT NULL
party_jobs.id uuid NOT NULL
party_jobs.party_id uuid NOT NULL
party_jobs.on_day date NOT NULL
party_jobs.jobs bigint NOT NULL
party_jobs.seq bigint NOT NULL
party_jobs.creation_hash bytea NOT NULL
party_merge.institution_id uuid NOT NULL
party_merge.id uuid NOT NULL
party_merge.source_id uuid NOT NULL
party_merge.target_id uuid NOT NULL
party_merge.reason text NOT NULL
party_merge.merged_on date NOT NULL
party_merge.seq bigint NOT NULL
party_merge.contract_ids uuid[] NOT NULL
party_merge.undoing_id uuid
party_merge.undone_on date
party_merge.undone_seq bigint
party_merge.creation_hash bytea NOT NULL
party_merge.undoing_reason text
party_merge.undoing_hash bytea
party_size_input.institution_id uuid NOT NULL
party_size_input.id uuid NOT NULL
party_size_input.party_id uuid NOT NULL
party_size_input.financial_year integer NOT NULL
party_size_input.industry_code text NOT NULL
party_size_input.size_industry text NOT NULL
party_size_input.employees bigint
party_size_input.revenue_fen bigint
party_size_input.total_assets_fen bigint
party_size_input.size_class text NOT NULL
party_size_input.grounds jsonb NOT NULL
party_size_input.filed_on date NOT NULL
party_size_input.seq bigint NOT NULL
party_size_input.creation_hash bytea NOT NULL
portfolio_position.institution_id uuid NOT NULL
portfolio_position.total_fen bigint NOT NULL
portfolio_position.small_agri_fen bigint NOT NULL
portfolio_position.small_ticket_fen bigint NOT NULL
portfolio_position.clients bigint NOT NULL
portfolio_position.small_agri_clients bigint NOT NULL
portfolio_position.small_loan_fen bigint NOT NULL
portfolio_position.farmer_loan_fen bigint NOT NULL
portfolio_position.other_loan_fen bigint NOT NULL
portfolio_position.rated_bond_fen bigint NOT NULL
portfolio_position.other_bond_fen bigint NOT NULL
portfolio_position.housing_fen bigint NOT NULL
portfolio_position.other_fen bigint NOT NULL
portfolio_position.regulator_small_fen bigint NOT NULL
portfolio_position.regulator_small_credit_fen bigint NOT NULL
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
product.startup_person_max_fen bigint
product.startup_enterprise_max_fen bigint
quota_grant.institution_id uuid NOT NULL
quota_grant.id uuid NOT NULL
quota_grant.cedent_id uuid NOT NULL
quota_grant.year integer NOT NULL
quota_grant.granted_fen bigint NOT NULL
quota_grant.document text NOT NULL
quota_grant.version bigint NOT NULL
quota_grant.creation_hash bytea NOT NULL
quota_use.institution_id uuid NOT NULL
quota_use.of_id uuid NOT NULL
quota_use.year integer NOT NULL
quota_use.used_fen bigint NOT NULL
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
saved_view.institution_id uuid NOT NULL
saved_view.id uuid NOT NULL
saved_view.owner_id uuid NOT NULL
saved_view.list text NOT NULL
saved_view.name text NOT NULL
saved_view.query text NOT NULL
saved_view.columns text[] NOT NULL
saved_view.shared boolean NOT NULL
saved_view.removed boolean NOT NULL
saved_view.version bigint NOT NULL
saved_view.creation_hash bytea NOT NULL
second_factor.institution_id uuid NOT NULL
second_factor.user_id uuid NOT NULL
second_factor.sealed_secret bytea NOT NULL
second_factor.confirmed_at timestamp with time zone
second_factor.last_step bigint NOT NULL
segment_exposure.institution_id uuid NOT NULL
segment_exposure.kind text NOT NULL
segment_exposure.code text NOT NULL
segment_exposure.outstanding_fen bigint NOT NULL
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
year_volume.institution_id uuid NOT NULL
year_volume.year integer NOT NULL
year_volume.contracts bigint NOT NULL
year_volume.amount_fen bigint NOT NULL
year_volume.small_agri_fen bigint NOT NULL
year_volume.small_ticket_fen bigint NOT NULL
year_volume.amount_days bigint NOT NULL
year_volume.fee_fen bigint NOT NULL

-- constraints
zengxin.agreement agreement_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank(id)
zengxin.agreement agreement_cap_positive CHECK ((cap_fen > 0))
zengxin.agreement agreement_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.agreement agreement_national_fk FOREIGN KEY (national_id) REFERENCES zengxin.institution(id)
zengxin.agreement agreement_number_key UNIQUE (institution_id, number)
zengxin.agreement agreement_number_length CHECK (((char_length(number) >= 1) AND (char_length(number) <= 100)))
zengxin.agreement agreement_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.agreement agreement_pk PRIMARY KEY (institution_id, id)
zengxin.agreement agreement_provincial_fk FOREIGN KEY (provincial_id) REFERENCES zengxin.institution(id)
zengxin.agreement agreement_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.agreement agreement_version_positive CHECK ((version > 0))
zengxin.agreement_terms agreement_terms_agreement_fk FOREIGN KEY (institution_id, agreement_id) REFERENCES zengxin.agreement(institution_id, id)
zengxin.agreement_terms agreement_terms_early_release_known CHECK ((early_release = ANY (ARRAY['none'::text, 'pro_rata'::text, 'carry_over'::text])))
zengxin.agreement_terms agreement_terms_fees_range CHECK ((((provincial_fee_rate_e10 >= 0) AND (provincial_fee_rate_e10 <= '10000000000'::bigint)) AND ((national_fee_rate_e10 >= 0) AND (national_fee_rate_e10 <= '10000000000'::bigint))))
zengxin.agreement_terms agreement_terms_national_fk FOREIGN KEY (national_id) REFERENCES zengxin.institution(id)
zengxin.agreement_terms agreement_terms_one_at_a_time EXCLUDE USING gist (institution_id WITH =, agreement_id WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.agreement_terms agreement_terms_pk PRIMARY KEY (institution_id, id)
zengxin.agreement_terms agreement_terms_provincial_fk FOREIGN KEY (provincial_id) REFERENCES zengxin.institution(id)
zengxin.agreement_terms agreement_terms_shares_range CHECK (((LEAST(bank_share_e10, institution_share_e10, provincial_share_e10, national_share_e10, local_finance_share_e10, other_share_e10) >= 0) AND (GREATEST(bank_share_e10, institution_share_e10, provincial_share_e10, national_share_e10, local_finance_share_e10, other_share_e10) <= '10000000000'::bigint)))
zengxin.agreement_terms agreement_terms_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.agreement_terms agreement_terms_version_positive CHECK ((version > 0))
zengxin.agreement_terms agreement_terms_whole CHECK (((((((bank_share_e10 + institution_share_e10) + provincial_share_e10) + national_share_e10) + local_finance_share_e10) + other_share_e10) = '10000000000'::bigint))
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
zengxin.cession cession_agreement_whole CHECK (((agreement_id IS NULL) = (approved_on IS NULL)))
zengxin.cession cession_event_fk FOREIGN KEY (institution_id, event_id) REFERENCES zengxin.contract_event(institution_id, id)
zengxin.cession cession_hash_length CHECK ((octet_length(head_hash) = 32))
zengxin.cession cession_layer_known CHECK ((layer = ANY (ARRAY['provincial'::text, 'national'::text])))
zengxin.cession cession_pk PRIMARY KEY (institution_id, reguarantor_id, event_id)
zengxin.cession cession_reguarantor_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution(id)
zengxin.cession cession_share_range CHECK (((share_e10 >= 1) AND (share_e10 <= '10000000000'::bigint)))
zengxin.cession cession_small_ticket_at_beginning CHECK (((small_ticket IS NULL) OR (kind = ANY (ARRAY['disbursed'::text, 'taken_over'::text]))))
zengxin.cession_position cession_position_not_negative CHECK ((LEAST(contracts, outstanding_fen, small_agri_fen) >= 0))
zengxin.cession_position cession_position_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.cession_position cession_position_pk PRIMARY KEY (institution_id, reguarantor_id, share_e10)
zengxin.cession_position cession_position_reguarantor_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution(id)
zengxin.cession_position cession_position_share_range CHECK (((share_e10 >= 1) AND (share_e10 <= '10000000000'::bigint)))
zengxin.client_exposure client_exposure_not_negative CHECK ((LEAST(total_fen, small_agri_fen, small_loan_fen, farmer_loan_fen, other_loan_fen, rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen, regulator_small_credit_fen) >= 0))
zengxin.client_exposure client_exposure_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.client_exposure client_exposure_pk PRIMARY KEY (institution_id, party_id)
zengxin.contract contract_agreed_or_taken_over CHECK (((agreement_id IS NOT NULL) OR (import_id IS NOT NULL)))
zengxin.contract contract_agreement_fk FOREIGN KEY (institution_id, agreement_id) REFERENCES zengxin.agreement(institution_id, id)
zengxin.contract contract_amounts_range CHECK (((amount_fen > 0) AND (principal_fen >= amount_fen) AND (LEAST(fee_fen, credit_line_fen, loan_rate_e10) >= 0)))
zengxin.contract contract_approval_whole CHECK (((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'rejected'::text, 'withdrawn'::text])) = (approved_on IS NULL)))
zengxin.contract contract_bank_fk FOREIGN KEY (bank_id) REFERENCES zengxin.bank(id)
zengxin.contract contract_branch_fk FOREIGN KEY (branch_id) REFERENCES zengxin.bank_branch(id)
zengxin.contract contract_charged_off_whole CHECK (((charged_off_fen >= 0) AND ((charged_off_on IS NULL) OR (charged_off_fen IS NOT NULL))))
zengxin.contract contract_client_fk FOREIGN KEY (institution_id, client_id) REFERENCES zengxin.party(institution_id, id)
zengxin.contract contract_counts_while_open CHECK (((state = ANY (ARRAY['approved'::text, 'in_force'::text])) = (outstanding_fen > 0)))
zengxin.contract contract_early_release_known CHECK ((early_release = ANY (ARRAY['none'::text, 'pro_rata'::text, 'carry_over'::text])))
zengxin.contract contract_existing_loan_known CHECK ((existing_loan = ANY (ARRAY['none'::text, 'examined'::text, 'not_examined'::text])))
zengxin.contract contract_kind_known CHECK ((kind = ANY (ARRAY['loan'::text, 'bond'::text, 'housing'::text, 'other'::text, 'non_financing'::text])))
zengxin.contract contract_number_key UNIQUE (institution_id, number)
zengxin.contract contract_number_length CHECK (((char_length(number) >= 1) AND (char_length(number) <= 100)))
zengxin.contract contract_of_import_alone CHECK (((import_id IS NOT NULL) OR (fee_known AND (NOT client_kind_declared) AND (charged_off_fen IS NULL))))
zengxin.contract contract_outstanding_range CHECK (((outstanding_fen >= 0) AND (outstanding_fen <= amount_fen)))
zengxin.contract contract_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.contract contract_pk PRIMARY KEY (institution_id, id)
zengxin.contract contract_product_whole CHECK (((product_id IS NULL) = (product_stated_by IS NULL)))
zengxin.contract contract_purpose_known CHECK ((purpose = ANY (ARRAY['working_capital'::text, 'equipment'::text, 'research'::text, 'agriculture'::text, 'start_up'::text, 'construction'::text, 'government_bond'::text, 'other'::text])))
zengxin.contract contract_startup_range CHECK (((LEAST(startup_hires, startup_staff) >= 0) AND ((startup_hires IS NULL) = (startup_staff IS NULL))))
zengxin.contract contract_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'in_force'::text, 'released'::text, 'rejected'::text, 'withdrawn'::text, 'cancelled'::text, 'lapsed'::text])))
zengxin.contract contract_term_not_empty CHECK ((start_day < end_day))
zengxin.contract contract_unknown_fee_is_zero CHECK ((fee_known OR (fee_fen = 0)))
zengxin.contract contract_versions_positive CHECK (((version > 0) AND (content_version > 0)))
zengxin.contract_content contract_content_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract(institution_id, id)
zengxin.contract_content contract_content_hash_length CHECK ((octet_length(content_hash) = 32))
zengxin.contract_content contract_content_pk PRIMARY KEY (institution_id, contract_id, content_version)
zengxin.contract_content contract_content_version_positive CHECK ((content_version > 0))
zengxin.contract_event contract_event_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text, 'nobody'::text, 'operator'::text])))
zengxin.contract_event contract_event_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract(institution_id, id)
zengxin.contract_event contract_event_kind_known CHECK ((kind = ANY (ARRAY['submitted'::text, 'withdrawn'::text, 'rejected'::text, 'refused'::text, 'approved'::text, 'cancelled'::text, 'lapsed'::text, 'disbursed'::text, 'released'::text, 'release_reversed'::text, 'evaluated'::text, 'taken_over'::text, 'filing_applied'::text])))
zengxin.contract_event contract_event_pk PRIMARY KEY (institution_id, id)
zengxin.contract_event contract_event_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.contract_event contract_event_reversal_named CHECK (((kind = 'release_reversed'::text) = (reverses IS NOT NULL)))
zengxin.contract_event contract_event_reversed_once UNIQUE (institution_id, reverses)
zengxin.contract_event contract_event_seq_positive CHECK ((seq > 0))
zengxin.contract_event contract_event_small_ticket_begins CHECK (((kind = ANY (ARRAY['disbursed'::text, 'taken_over'::text])) = (small_ticket IS NOT NULL)))
zengxin.contract_exception contract_exception_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract(institution_id, id)
zengxin.contract_exception contract_exception_not_over CHECK ((granted_on <= expires_on))
zengxin.contract_exception contract_exception_once UNIQUE (institution_id, contract_id, content_version, rule, expires_on)
zengxin.contract_exception contract_exception_pk PRIMARY KEY (institution_id, id)
zengxin.contract_exception contract_exception_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.contract_finding contract_finding_event_fk FOREIGN KEY (institution_id, event_id) REFERENCES zengxin.contract_event(institution_id, id)
zengxin.contract_finding contract_finding_outcome_known CHECK ((outcome = ANY (ARRAY['refuse'::text, 'needs_exception'::text, 'advise'::text, 'not_assessed'::text])))
zengxin.contract_finding contract_finding_pk PRIMARY KEY (institution_id, event_id, place)
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
zengxin.drift_alert drift_alert_cleared_whole CHECK (((cleared_on IS NULL) = (cleared_seq IS NULL)))
zengxin.drift_alert drift_alert_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.drift_alert drift_alert_pk PRIMARY KEY (institution_id, id)
zengxin.equity_investment equity_investment_amount_positive CHECK ((amount_fen > 0))
zengxin.equity_investment equity_investment_name_length CHECK (((char_length(investee_name) >= 1) AND (char_length(investee_name) <= 200)))
zengxin.equity_investment equity_investment_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.equity_investment equity_investment_pk PRIMARY KEY (institution_id, id)
zengxin.equity_investment equity_investment_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.equity_investment equity_investment_version_positive CHECK ((version > 0))
zengxin.fee_carry fee_carry_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text, 'nobody'::text, 'operator'::text])))
zengxin.fee_carry fee_carry_amount_positive CHECK ((amount_fen > 0))
zengxin.fee_carry fee_carry_contract_fk FOREIGN KEY (institution_id, contract_id) REFERENCES zengxin.contract(institution_id, id)
zengxin.fee_carry fee_carry_goes_somewhere CHECK (((kind = ANY (ARRAY['carried'::text, 'carried_back'::text])) = (to_contract_id IS NOT NULL)))
zengxin.fee_carry fee_carry_kind_known CHECK ((kind = ANY (ARRAY['unused'::text, 'unused_reversed'::text, 'carried'::text, 'carried_back'::text])))
zengxin.fee_carry fee_carry_pk PRIMARY KEY (institution_id, id)
zengxin.fee_carry fee_carry_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.fee_carry fee_carry_reversal_named CHECK (((kind = ANY (ARRAY['unused_reversed'::text, 'carried_back'::text])) = (reverses IS NOT NULL)))
zengxin.fee_carry fee_carry_reversed_once UNIQUE (institution_id, reverses)
zengxin.fee_carry fee_carry_seq_positive CHECK ((seq > 0))
zengxin.fee_carry fee_carry_to_another CHECK ((to_contract_id <> contract_id))
zengxin.fee_carry fee_carry_to_contract_fk FOREIGN KEY (institution_id, to_contract_id) REFERENCES zengxin.contract(institution_id, id)
zengxin.filing_application filing_application_event_fk FOREIGN KEY (institution_id, event_id) REFERENCES zengxin.contract_event(institution_id, id)
zengxin.filing_application filing_application_once UNIQUE (institution_id, reguarantor_id, decision_id)
zengxin.filing_application filing_application_pk PRIMARY KEY (institution_id, event_id)
zengxin.filing_application filing_application_seq_positive CHECK ((seq > 0))
zengxin.filing_application filing_application_share_range CHECK (((borne_share_e10 >= 0) AND (borne_share_e10 <= '10000000000'::bigint)))
zengxin.filing_application filing_application_upper_fk FOREIGN KEY (reguarantor_id) REFERENCES zengxin.institution(id)
zengxin.filing_decision filing_decision_actor_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'machine'::text])))
zengxin.filing_decision filing_decision_cedent_fk FOREIGN KEY (cedent_id) REFERENCES zengxin.institution(id)
zengxin.filing_decision filing_decision_known CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
zengxin.filing_decision filing_decision_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.filing_decision filing_decision_pk PRIMARY KEY (institution_id, id)
zengxin.filing_decision filing_decision_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.filing_decision filing_decision_refusal_reasoned CHECK (((decision <> 'refused'::text) OR (reason IS NOT NULL)))
zengxin.filing_decision filing_decision_seq_positive CHECK ((seq > 0))
zengxin.filing_decision filing_decision_share_range CHECK (((share_e10 >= 1) AND (share_e10 <= '10000000000'::bigint)))
zengxin.financial_statement financial_statement_corrected_once UNIQUE (institution_id, corrects)
zengxin.financial_statement financial_statement_corrects_fk FOREIGN KEY (institution_id, corrects) REFERENCES zengxin.financial_statement(institution_id, id)
zengxin.financial_statement financial_statement_filed_by_known CHECK ((filed_by_kind = ANY (ARRAY['person'::text, 'machine'::text])))
zengxin.financial_statement financial_statement_not_negative CHECK ((LEAST(unearned_reserve_fen, compensation_reserve_fen, total_assets_fen, payout_receivables_fen, grade1_fen, grade2_fen, grade3_fen) >= 0))
zengxin.financial_statement financial_statement_not_of_the_future CHECK ((as_of <= filed_on))
zengxin.financial_statement financial_statement_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.financial_statement financial_statement_pk PRIMARY KEY (institution_id, id)
zengxin.financial_statement financial_statement_seq_positive CHECK ((seq > 0))
zengxin.import_fault import_fault_in_order CHECK (((row_number > 0) AND ((place >= 0) AND (place <= 999))))
zengxin.import_fault import_fault_job_fk FOREIGN KEY (institution_id, job_id) REFERENCES zengxin.import_job(institution_id, id)
zengxin.import_fault import_fault_pk PRIMARY KEY (institution_id, job_id, row_number, place)
zengxin.import_file import_file_delimiter_length CHECK ((char_length(delimiter) = 1))
zengxin.import_file import_file_encoding_known CHECK ((encoding = ANY (ARRAY['utf-8'::text, 'gb18030'::text])))
zengxin.import_file import_file_has_rows CHECK (((bytes > 0) AND (columns > 1) AND (rows > 0)))
zengxin.import_file import_file_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.import_file import_file_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.import_file import_file_pk PRIMARY KEY (institution_id, id)
zengxin.import_job import_job_check_fk FOREIGN KEY (institution_id, check_id) REFERENCES zengxin.import_job(institution_id, id)
zengxin.import_job import_job_counts CHECK ((LEAST(rows, done, imported, unchanged, bad, (attempts)::bigint) >= 0))
zengxin.import_job import_job_ended_whole CHECK (((state = ANY (ARRAY['queued'::text, 'running'::text])) = (ended_at IS NULL)))
zengxin.import_job import_job_failed_whole CHECK (((state = 'failed'::text) = (problem IS NOT NULL)))
zengxin.import_job import_job_file_fk FOREIGN KEY (institution_id, file_id) REFERENCES zengxin.import_file(institution_id, id)
zengxin.import_job import_job_held_whole CHECK ((((state = 'running'::text) = (holder IS NOT NULL)) AND ((holder IS NULL) = (held_until IS NULL))))
zengxin.import_job import_job_mapping_fk FOREIGN KEY (institution_id, mapping_id) REFERENCES zengxin.import_mapping(institution_id, id)
zengxin.import_job import_job_mapping_whole CHECK (((mapping_id IS NULL) = (mapping_version IS NULL)))
zengxin.import_job import_job_pk PRIMARY KEY (institution_id, id)
zengxin.import_job import_job_run_fk FOREIGN KEY (institution_id, run_id) REFERENCES zengxin.import_run(institution_id, id)
zengxin.import_job import_job_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
zengxin.import_mapping import_mapping_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.import_mapping import_mapping_named_once UNIQUE (institution_id, name)
zengxin.import_mapping import_mapping_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.import_mapping import_mapping_pk PRIMARY KEY (institution_id, id)
zengxin.import_mapping_version import_mapping_version_of_fk FOREIGN KEY (institution_id, mapping_id) REFERENCES zengxin.import_mapping(institution_id, id)
zengxin.import_mapping_version import_mapping_version_pk PRIMARY KEY (institution_id, mapping_id, version)
zengxin.import_part import_part_file_fk FOREIGN KEY (institution_id, file_id) REFERENCES zengxin.import_file(institution_id, id)
zengxin.import_part import_part_in_order CHECK (((place >= 0) AND (first_row > 0)))
zengxin.import_part import_part_pk PRIMARY KEY (institution_id, file_id, place)
zengxin.import_run import_run_file_name_length CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 500)))
zengxin.import_run import_run_finished_whole CHECK (((state = 'done'::text) = (finished_at IS NOT NULL)))
zengxin.import_run import_run_hashes_length CHECK (((octet_length(file_hash) = 32) AND (octet_length(mapping_hash) = 32)))
zengxin.import_run import_run_not_negative CHECK ((LEAST(rows, imported, unchanged, bad) >= 0))
zengxin.import_run import_run_once UNIQUE (institution_id, file_hash, mapping_hash)
zengxin.import_run import_run_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.import_run import_run_pk PRIMARY KEY (institution_id, id)
zengxin.import_run import_run_state_known CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
zengxin.import_run import_run_within_rows CHECK ((((imported + unchanged) + bad) <= rows))
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
zengxin.journal_head journal_head_facts_not_ahead CHECK (((facts_seq >= 0) AND (facts_seq <= seq)))
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
zengxin.month_end month_end_edition_positive CHECK ((edition > 0))
zengxin.month_end month_end_is_one CHECK ((EXTRACT(day FROM (month_end + 1)) = (1)::numeric))
zengxin.month_end month_end_not_negative CHECK ((LEAST(total_fen, committed_fen, small_agri_fen, small_ticket_fen, clients, small_agri_clients, liability_fen, new_amount_fen) >= 0))
zengxin.month_end month_end_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.month_end month_end_pk PRIMARY KEY (institution_id, month_end, edition)
zengxin.one_time_link one_time_link_pk PRIMARY KEY (institution_id, id)
zengxin.one_time_link one_time_link_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.party party_industry_form CHECK ((industry_code ~ '^([A-T]|[0-9]{2,4})$'::text))
zengxin.party party_industry_of_organisations CHECK (((industry_code IS NOT NULL) OR (kind = 'natural_person'::text) OR (import_id IS NOT NULL)))
zengxin.party party_kind_known CHECK ((kind = ANY (ARRAY['enterprise'::text, 'individual_business'::text, 'natural_person'::text, 'cooperative'::text, 'other_organisation'::text])))
zengxin.party party_merged_into_fk FOREIGN KEY (institution_id, merged_into) REFERENCES zengxin.party(institution_id, id)
zengxin.party party_merged_whole CHECK (((status = 'merged'::text) = (merged_into IS NOT NULL)))
zengxin.party party_name_key_not_empty CHECK ((name_key <> ''::text))
zengxin.party party_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.party party_not_merged_into_itself CHECK ((merged_into <> id))
zengxin.party party_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.party party_pk PRIMARY KEY (institution_id, id)
zengxin.party party_region_form CHECK ((region_code ~ '^[0-9]{6}$'::text))
zengxin.party party_status_known CHECK ((status = ANY (ARRAY['active'::text, 'merged'::text])))
zengxin.party party_version_positive CHECK ((version > 0))
zengxin.party_disclosure party_disclosure_identifier_fk FOREIGN KEY (institution_id, identifier_id) REFERENCES zengxin.party_identifier(institution_id, id)
zengxin.party_disclosure party_disclosure_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_disclosure party_disclosure_pk PRIMARY KEY (institution_id, id)
zengxin.party_disclosure party_disclosure_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.party_disclosure party_disclosure_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.party_flag party_flag_kind_known CHECK ((kind = ANY (ARRAY['government_platform'::text, 'state_capital_platform'::text, 'real_estate'::text, 'financial_services'::text, 'investment_management'::text, 'blacklist'::text, 'controlling_shareholder'::text, 'related_party'::text, 'first_loan_declared'::text, 'strategic_emerging'::text, 'new_agri_entity'::text, 'farmer'::text, 'small_business_owner'::text])))
zengxin.party_flag party_flag_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_flag party_flag_pk PRIMARY KEY (institution_id, id)
zengxin.party_flag party_flag_source_length CHECK (((char_length(source) >= 1) AND (char_length(source) <= 500)))
zengxin.party_flag party_flag_stated_once EXCLUDE USING gist (institution_id WITH =, party_id WITH =, kind WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.party_flag party_flag_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.party_flag party_flag_version_positive CHECK ((version > 0))
zengxin.party_gram party_gram_of_two CHECK ((char_length(gram) = 2))
zengxin.party_gram party_gram_pk PRIMARY KEY (institution_id, gram, party_id)
zengxin.party_group party_group_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
zengxin.party_group party_group_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.party_group party_group_pk PRIMARY KEY (institution_id, id)
zengxin.party_group party_group_version_positive CHECK ((version > 0))
zengxin.party_group_member party_group_member_group_fk FOREIGN KEY (institution_id, group_id) REFERENCES zengxin.party_group(institution_id, id)
zengxin.party_group_member party_group_member_of_one_group EXCLUDE USING gist (institution_id WITH =, party_id WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.party_group_member party_group_member_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_group_member party_group_member_pk PRIMARY KEY (institution_id, id)
zengxin.party_group_member party_group_member_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.party_group_member party_group_member_version_positive CHECK ((version > 0))
zengxin.party_identifier party_identifier_blind_length CHECK ((octet_length(blind_index) = 32))
zengxin.party_identifier party_identifier_last_four CHECK ((char_length(last_four) = 4))
zengxin.party_identifier party_identifier_of_one EXCLUDE USING gist (((encode(substr(blind_index, 1, 16), 'hex'::text))::uuid) WITH =, institution_id WITH =, scheme WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.party_identifier party_identifier_one_at_a_time EXCLUDE USING gist (institution_id WITH =, party_id WITH =, scheme WITH =, daterange(from_day, until_day, '[)'::text) WITH &&) WHERE ((scheme <> 'other'::text))
zengxin.party_identifier party_identifier_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_identifier party_identifier_personal_sealed CHECK ((((clear_value IS NULL) = (scheme = ANY (ARRAY['resident_id'::text, 'other'::text]))) AND ((clear_value IS NULL) = (sealed_value IS NOT NULL))))
zengxin.party_identifier party_identifier_pk PRIMARY KEY (institution_id, id)
zengxin.party_identifier party_identifier_scheme_known CHECK ((scheme = ANY (ARRAY['uscc'::text, 'resident_id'::text, 'lei'::text, 'other'::text])))
zengxin.party_identifier party_identifier_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.party_identifier party_identifier_version_positive CHECK ((version > 0))
zengxin.party_jobs party_jobs_not_negative CHECK ((jobs >= 0))
zengxin.party_jobs party_jobs_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_jobs party_jobs_pk PRIMARY KEY (institution_id, id)
zengxin.party_merge party_merge_of_two CHECK ((source_id <> target_id))
zengxin.party_merge party_merge_pk PRIMARY KEY (institution_id, id)
zengxin.party_merge party_merge_reason_length CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
zengxin.party_merge party_merge_source_fk FOREIGN KEY (institution_id, source_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_merge party_merge_target_fk FOREIGN KEY (institution_id, target_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_merge party_merge_undoing_reason_length CHECK (((char_length(undoing_reason) >= 1) AND (char_length(undoing_reason) <= 500)))
zengxin.party_merge party_merge_undoing_reasoned CHECK ((((undoing_id IS NULL) = (undoing_reason IS NULL)) AND ((undoing_id IS NULL) = (undoing_hash IS NULL))))
zengxin.party_merge party_merge_undoing_whole CHECK ((((undone_on IS NULL) = (undone_seq IS NULL)) AND ((undone_on IS NULL) = (undoing_id IS NULL))))
zengxin.party_size_input party_size_input_class_known CHECK ((size_class = ANY (ARRAY['micro'::text, 'small'::text, 'medium'::text, 'large'::text])))
zengxin.party_size_input party_size_input_not_negative CHECK (((employees >= 0) AND (revenue_fen >= 0) AND (total_assets_fen >= 0)))
zengxin.party_size_input party_size_input_party_fk FOREIGN KEY (institution_id, party_id) REFERENCES zengxin.party(institution_id, id)
zengxin.party_size_input party_size_input_pk PRIMARY KEY (institution_id, id)
zengxin.party_size_input party_size_input_year CHECK (((financial_year >= 2000) AND (financial_year <= 2999)))
zengxin.portfolio_position portfolio_position_not_negative CHECK ((LEAST(total_fen, small_agri_fen, small_ticket_fen, clients, small_agri_clients, small_loan_fen, farmer_loan_fen, other_loan_fen, rated_bond_fen, other_bond_fen, housing_fen, other_fen, regulator_small_fen, regulator_small_credit_fen) >= 0))
zengxin.portfolio_position portfolio_position_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.portfolio_position portfolio_position_pk PRIMARY KEY (institution_id)
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
zengxin.product product_startup_max_of_its_kind CHECK (((kind = 'startup'::text) OR ((startup_person_max_fen IS NULL) AND (startup_enterprise_max_fen IS NULL))))
zengxin.product product_startup_max_positive CHECK (((startup_person_max_fen > 0) AND (startup_enterprise_max_fen > 0)))
zengxin.product product_stated_once EXCLUDE USING gist (institution_id WITH =, code WITH =, daterange(from_day, until_day, '[)'::text) WITH &&)
zengxin.product product_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.product product_version_positive CHECK ((version > 0))
zengxin.quota_grant quota_grant_cedent_fk FOREIGN KEY (cedent_id) REFERENCES zengxin.institution(id)
zengxin.quota_grant quota_grant_document_length CHECK (((char_length(document) >= 1) AND (char_length(document) <= 500)))
zengxin.quota_grant quota_grant_not_negative CHECK ((granted_fen >= 0))
zengxin.quota_grant quota_grant_once_a_year UNIQUE (institution_id, cedent_id, year)
zengxin.quota_grant quota_grant_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.quota_grant quota_grant_pk PRIMARY KEY (institution_id, id)
zengxin.quota_grant quota_grant_version_positive CHECK ((version > 0))
zengxin.quota_grant quota_grant_year_range CHECK (((year >= 2000) AND (year <= 2999)))
zengxin.quota_use quota_use_not_negative CHECK ((used_fen >= 0))
zengxin.quota_use quota_use_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.quota_use quota_use_pk PRIMARY KEY (institution_id, of_id, year)
zengxin.recovery_code recovery_code_pk PRIMARY KEY (institution_id, id)
zengxin.recovery_code recovery_code_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.refresh_token refresh_token_pk PRIMARY KEY (institution_id, id)
zengxin.refresh_token refresh_token_session_fk FOREIGN KEY (institution_id, session_id) REFERENCES zengxin.session(institution_id, id)
zengxin.region region_code_form CHECK (((code ~ '^[0-9]{6}$'::text) AND (province_code ~ '^[0-9]{2}0000$'::text)))
zengxin.region region_level_known CHECK ((level = ANY (ARRAY['province'::text, 'city'::text])))
zengxin.region region_pk PRIMARY KEY (code, from_day)
zengxin.region region_term_not_empty CHECK (((until_day IS NULL) OR (from_day < until_day)))
zengxin.saved_view saved_view_columns_count CHECK ((cardinality(columns) <= 50))
zengxin.saved_view saved_view_list_length CHECK (((char_length(list) >= 1) AND (char_length(list) <= 60)))
zengxin.saved_view saved_view_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
zengxin.saved_view saved_view_owner_fk FOREIGN KEY (institution_id, owner_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.saved_view saved_view_pk PRIMARY KEY (institution_id, id)
zengxin.saved_view saved_view_query_length CHECK ((char_length(query) <= 2000))
zengxin.saved_view saved_view_version_positive CHECK ((version > 0))
zengxin.second_factor second_factor_pk PRIMARY KEY (institution_id, user_id)
zengxin.second_factor second_factor_user_fk FOREIGN KEY (institution_id, user_id) REFERENCES zengxin.user_account(institution_id, id)
zengxin.segment_exposure segment_exposure_kind_known CHECK ((kind = ANY (ARRAY['region'::text, 'industry'::text])))
zengxin.segment_exposure segment_exposure_not_negative CHECK ((outstanding_fen >= 0))
zengxin.segment_exposure segment_exposure_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.segment_exposure segment_exposure_pk PRIMARY KEY (institution_id, kind, code)
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
zengxin.year_volume year_volume_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution(id)
zengxin.year_volume year_volume_pk PRIMARY KEY (institution_id, year)

-- indexes
CREATE UNIQUE INDEX agreement_number_key ON zengxin.agreement USING btree (institution_id, number)
CREATE UNIQUE INDEX agreement_pk ON zengxin.agreement USING btree (institution_id, id)
CREATE INDEX agreement_terms_of_agreement ON zengxin.agreement_terms USING btree (institution_id, agreement_id, from_day)
CREATE INDEX agreement_terms_one_at_a_time ON zengxin.agreement_terms USING gist (institution_id, agreement_id, daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX agreement_terms_pk ON zengxin.agreement_terms USING btree (institution_id, id)
CREATE UNIQUE INDEX audit_entry_pk ON zengxin.audit_entry USING btree (institution_id, seq)
CREATE UNIQUE INDEX award_unit_pk ON zengxin.award_unit USING btree (code, from_day)
CREATE UNIQUE INDEX bank_branch_code_key ON zengxin.bank_branch USING btree (code)
CREATE INDEX bank_branch_of_bank ON zengxin.bank_branch USING btree (bank_id, code)
CREATE UNIQUE INDEX bank_branch_pk ON zengxin.bank_branch USING btree (id)
CREATE UNIQUE INDEX bank_code_key ON zengxin.bank USING btree (code)
CREATE UNIQUE INDEX bank_pk ON zengxin.bank USING btree (id)
CREATE INDEX cession_begun ON zengxin.cession USING btree (reguarantor_id, effective_on) WHERE (kind = ANY (ARRAY['disbursed'::text, 'taken_over'::text]))
CREATE INDEX cession_latest ON zengxin.cession USING btree (reguarantor_id, institution_id, contract_id, seq DESC, event_id DESC)
CREATE INDEX cession_of_reguarantor ON zengxin.cession USING btree (reguarantor_id, institution_id, contract_id, seq)
CREATE UNIQUE INDEX cession_pk ON zengxin.cession USING btree (institution_id, reguarantor_id, event_id)
CREATE INDEX cession_position_of_reguarantor ON zengxin.cession_position USING btree (reguarantor_id, institution_id)
CREATE UNIQUE INDEX cession_position_pk ON zengxin.cession_position USING btree (institution_id, reguarantor_id, share_e10)
CREATE INDEX client_exposure_by_total ON zengxin.client_exposure USING btree (institution_id, total_fen)
CREATE UNIQUE INDEX client_exposure_pk ON zengxin.client_exposure USING btree (institution_id, party_id)
CREATE INDEX contract_by_end ON zengxin.contract USING btree (institution_id, end_day, id) WHERE (outstanding_fen > 0)
CREATE INDEX contract_by_outstanding ON zengxin.contract USING btree (institution_id, outstanding_fen, id) WHERE (outstanding_fen > 0)
CREATE INDEX contract_by_state ON zengxin.contract USING btree (institution_id, state, id)
CREATE INDEX contract_charged_off ON zengxin.contract USING btree (institution_id, charged_off_on) WHERE (charged_off_fen IS NOT NULL)
CREATE INDEX contract_committed ON zengxin.contract USING btree (institution_id, id) INCLUDE (outstanding_fen) WHERE (state = 'approved'::text)
CREATE INDEX contract_comparable ON zengxin.contract USING btree (institution_id, client_kind, begun_on) WHERE (begun_on IS NOT NULL)
CREATE UNIQUE INDEX contract_content_pk ON zengxin.contract_content USING btree (institution_id, contract_id, content_version)
CREATE INDEX contract_event_by_day ON zengxin.contract_event USING btree (institution_id, effective_on, seq, id) WHERE ((amount_fen <> 0) OR (small_ticket IS NOT NULL))
CREATE INDEX contract_event_of_contract ON zengxin.contract_event USING btree (institution_id, contract_id, seq, id)
CREATE UNIQUE INDEX contract_event_pk ON zengxin.contract_event USING btree (institution_id, id)
CREATE UNIQUE INDEX contract_event_reversed_once ON zengxin.contract_event USING btree (institution_id, reverses)
CREATE INDEX contract_exception_by_day ON zengxin.contract_exception USING btree (institution_id, granted_on)
CREATE UNIQUE INDEX contract_exception_once ON zengxin.contract_exception USING btree (institution_id, contract_id, content_version, rule, expires_on)
CREATE UNIQUE INDEX contract_exception_pk ON zengxin.contract_exception USING btree (institution_id, id)
CREATE INDEX contract_finding_by_rule ON zengxin.contract_finding USING btree (institution_id, rule, seq)
CREATE INDEX contract_finding_of_contract ON zengxin.contract_finding USING btree (institution_id, contract_id, seq)
CREATE UNIQUE INDEX contract_finding_pk ON zengxin.contract_finding USING btree (institution_id, event_id, place)
CREATE UNIQUE INDEX contract_number_key ON zengxin.contract USING btree (institution_id, number)
CREATE INDEX contract_of_client ON zengxin.contract USING btree (institution_id, client_id, id)
CREATE INDEX contract_of_import ON zengxin.contract USING btree (institution_id, import_id, id) WHERE (import_id IS NOT NULL)
CREATE INDEX contract_of_party ON zengxin.contract USING btree (institution_id, party_id, id)
CREATE UNIQUE INDEX contract_pk ON zengxin.contract USING btree (institution_id, id)
CREATE UNIQUE INDEX credential_pk ON zengxin.credential USING btree (institution_id, user_id)
CREATE UNIQUE INDEX deadline_pk ON zengxin.deadline USING btree (id)
CREATE INDEX deadline_stated_once ON zengxin.deadline USING gist (institution_id, report_code, reporter_kind, COALESCE(region_code, ''::text), daterange(from_day, until_day, '[)'::text))
CREATE INDEX drift_alert_below_fund ON zengxin.drift_alert USING btree (national_id, id) WHERE (national_id IS NOT NULL)
CREATE INDEX drift_alert_below_reguarantor ON zengxin.drift_alert USING btree (reguarantor_id, id) WHERE (reguarantor_id IS NOT NULL)
CREATE INDEX drift_alert_of_fund ON zengxin.drift_alert USING btree (national_id, raised_on) WHERE (cleared_on IS NULL)
CREATE INDEX drift_alert_of_reguarantor ON zengxin.drift_alert USING btree (reguarantor_id, raised_on) WHERE (cleared_on IS NULL)
CREATE INDEX drift_alert_open ON zengxin.drift_alert USING btree (institution_id, rule) WHERE (cleared_on IS NULL)
CREATE UNIQUE INDEX drift_alert_pk ON zengxin.drift_alert USING btree (institution_id, id)
CREATE UNIQUE INDEX equity_investment_pk ON zengxin.equity_investment USING btree (institution_id, id)
CREATE INDEX fee_carry_of_contract ON zengxin.fee_carry USING btree (institution_id, contract_id, seq)
CREATE INDEX fee_carry_of_release ON zengxin.fee_carry USING btree (institution_id, release_id, seq)
CREATE UNIQUE INDEX fee_carry_pk ON zengxin.fee_carry USING btree (institution_id, id)
CREATE UNIQUE INDEX fee_carry_reversed_once ON zengxin.fee_carry USING btree (institution_id, reverses)
CREATE INDEX fee_carry_to_contract ON zengxin.fee_carry USING btree (institution_id, to_contract_id, seq) WHERE (to_contract_id IS NOT NULL)
CREATE INDEX filing_application_of_contract ON zengxin.filing_application USING btree (institution_id, contract_id, seq)
CREATE UNIQUE INDEX filing_application_once ON zengxin.filing_application USING btree (institution_id, reguarantor_id, decision_id)
CREATE UNIQUE INDEX filing_application_pk ON zengxin.filing_application USING btree (institution_id, event_id)
CREATE INDEX filing_decision_of_cedent ON zengxin.filing_decision USING btree (cedent_id, contract_id, institution_id, seq DESC)
CREATE INDEX filing_decision_of_contract ON zengxin.filing_decision USING btree (institution_id, cedent_id, contract_id, seq DESC)
CREATE UNIQUE INDEX filing_decision_pk ON zengxin.filing_decision USING btree (institution_id, id)
CREATE UNIQUE INDEX financial_statement_corrected_once ON zengxin.financial_statement USING btree (institution_id, corrects)
CREATE UNIQUE INDEX financial_statement_first_of_day ON zengxin.financial_statement USING btree (institution_id, as_of) WHERE (corrects IS NULL)
CREATE INDEX financial_statement_latest ON zengxin.financial_statement USING btree (institution_id, as_of, seq)
CREATE UNIQUE INDEX financial_statement_pk ON zengxin.financial_statement USING btree (institution_id, id)
CREATE UNIQUE INDEX import_fault_pk ON zengxin.import_fault USING btree (institution_id, job_id, row_number, place)
CREATE INDEX import_file_kept ON zengxin.import_file USING btree (institution_id, uploaded_at) WHERE (forgotten_at IS NULL)
CREATE UNIQUE INDEX import_file_pk ON zengxin.import_file USING btree (institution_id, id)
CREATE UNIQUE INDEX import_job_in_order ON zengxin.import_job USING btree (institution_id, seq)
CREATE INDEX import_job_of_file ON zengxin.import_job USING btree (institution_id, file_id)
CREATE UNIQUE INDEX import_job_one_at_a_time ON zengxin.import_job USING btree (institution_id) WHERE (state = 'running'::text)
CREATE UNIQUE INDEX import_job_pk ON zengxin.import_job USING btree (institution_id, id)
CREATE INDEX import_job_waiting ON zengxin.import_job USING btree (institution_id, seq) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))
CREATE UNIQUE INDEX import_mapping_named_once ON zengxin.import_mapping USING btree (institution_id, name)
CREATE UNIQUE INDEX import_mapping_pk ON zengxin.import_mapping USING btree (institution_id, id)
CREATE UNIQUE INDEX import_mapping_version_pk ON zengxin.import_mapping_version USING btree (institution_id, mapping_id, version)
CREATE INDEX import_part_by_row ON zengxin.import_part USING btree (institution_id, file_id, first_row)
CREATE UNIQUE INDEX import_part_pk ON zengxin.import_part USING btree (institution_id, file_id, place)
CREATE UNIQUE INDEX import_run_once ON zengxin.import_run USING btree (institution_id, file_hash, mapping_hash)
CREATE UNIQUE INDEX import_run_pk ON zengxin.import_run USING btree (institution_id, id)
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
CREATE UNIQUE INDEX month_end_pk ON zengxin.month_end USING btree (institution_id, month_end, edition)
CREATE INDEX one_time_link_of_user ON zengxin.one_time_link USING btree (institution_id, user_id) WHERE (used_at IS NULL)
CREATE UNIQUE INDEX one_time_link_pk ON zengxin.one_time_link USING btree (institution_id, id)
CREATE UNIQUE INDEX party_disclosure_pk ON zengxin.party_disclosure USING btree (institution_id, id)
CREATE INDEX party_flag_of_party ON zengxin.party_flag USING btree (institution_id, party_id, kind, from_day)
CREATE INDEX party_flag_of_relation ON zengxin.party_flag USING btree (institution_id, party_id) WHERE (kind = ANY (ARRAY['related_party'::text, 'controlling_shareholder'::text]))
CREATE UNIQUE INDEX party_flag_pk ON zengxin.party_flag USING btree (institution_id, id)
CREATE INDEX party_flag_stated_once ON zengxin.party_flag USING gist (institution_id, party_id, kind, daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX party_gram_pk ON zengxin.party_gram USING btree (institution_id, gram, party_id)
CREATE INDEX party_group_member_of_group ON zengxin.party_group_member USING btree (institution_id, group_id, id)
CREATE INDEX party_group_member_of_one_group ON zengxin.party_group_member USING gist (institution_id, party_id, daterange(from_day, until_day, '[)'::text))
CREATE INDEX party_group_member_of_party ON zengxin.party_group_member USING btree (institution_id, party_id, from_day)
CREATE UNIQUE INDEX party_group_member_pk ON zengxin.party_group_member USING btree (institution_id, id)
CREATE UNIQUE INDEX party_group_pk ON zengxin.party_group USING btree (institution_id, id)
CREATE INDEX party_identifier_blind ON zengxin.party_identifier USING btree (institution_id, blind_index)
CREATE INDEX party_identifier_key ON zengxin.party_identifier USING btree (institution_id, blind_key)
CREATE INDEX party_identifier_of_one ON zengxin.party_identifier USING gist (((encode(substr(blind_index, 1, 16), 'hex'::text))::uuid), institution_id, scheme, daterange(from_day, until_day, '[)'::text))
CREATE INDEX party_identifier_of_party ON zengxin.party_identifier USING btree (institution_id, party_id, from_day)
CREATE INDEX party_identifier_one_at_a_time ON zengxin.party_identifier USING gist (institution_id, party_id, scheme, daterange(from_day, until_day, '[)'::text)) WHERE (scheme <> 'other'::text)
CREATE UNIQUE INDEX party_identifier_pk ON zengxin.party_identifier USING btree (institution_id, id)
CREATE INDEX party_jobs_of_party ON zengxin.party_jobs USING btree (institution_id, party_id, on_day, seq)
CREATE UNIQUE INDEX party_jobs_pk ON zengxin.party_jobs USING btree (institution_id, id)
CREATE INDEX party_merge_by_seq ON zengxin.party_merge USING btree (institution_id, seq)
CREATE INDEX party_merge_by_undoing ON zengxin.party_merge USING btree (institution_id, undone_seq) WHERE (undone_seq IS NOT NULL)
CREATE INDEX party_merge_of_source ON zengxin.party_merge USING btree (institution_id, source_id, seq)
CREATE INDEX party_merge_of_target ON zengxin.party_merge USING btree (institution_id, target_id, seq)
CREATE UNIQUE INDEX party_merge_one_at_a_time ON zengxin.party_merge USING btree (institution_id, source_id) WHERE (undone_on IS NULL)
CREATE UNIQUE INDEX party_merge_pk ON zengxin.party_merge USING btree (institution_id, id)
CREATE INDEX party_name ON zengxin.party USING btree (institution_id, name_key, id) WHERE (merged_into IS NULL)
CREATE UNIQUE INDEX party_pk ON zengxin.party USING btree (institution_id, id)
CREATE INDEX party_size_input_of_party ON zengxin.party_size_input USING btree (institution_id, party_id, financial_year, seq)
CREATE UNIQUE INDEX party_size_input_pk ON zengxin.party_size_input USING btree (institution_id, id)
CREATE UNIQUE INDEX portfolio_position_pk ON zengxin.portfolio_position USING btree (institution_id)
CREATE UNIQUE INDEX product_pk ON zengxin.product USING btree (institution_id, id)
CREATE INDEX product_stated_once ON zengxin.product USING gist (institution_id, code, daterange(from_day, until_day, '[)'::text))
CREATE INDEX quota_grant_of_cedent ON zengxin.quota_grant USING btree (cedent_id, year)
CREATE UNIQUE INDEX quota_grant_once_a_year ON zengxin.quota_grant USING btree (institution_id, cedent_id, year)
CREATE UNIQUE INDEX quota_grant_pk ON zengxin.quota_grant USING btree (institution_id, id)
CREATE INDEX quota_use_of_reguarantor ON zengxin.quota_use USING btree (of_id, year)
CREATE UNIQUE INDEX quota_use_pk ON zengxin.quota_use USING btree (institution_id, of_id, year)
CREATE INDEX recovery_code_of_user ON zengxin.recovery_code USING btree (institution_id, user_id) WHERE (used_at IS NULL)
CREATE UNIQUE INDEX recovery_code_pk ON zengxin.recovery_code USING btree (institution_id, id)
CREATE UNIQUE INDEX refresh_token_pk ON zengxin.refresh_token USING btree (institution_id, id)
CREATE UNIQUE INDEX region_pk ON zengxin.region USING btree (code, from_day)
CREATE UNIQUE INDEX saved_view_name_once ON zengxin.saved_view USING btree (institution_id, owner_id, list, name) WHERE (NOT removed)
CREATE INDEX saved_view_of_list ON zengxin.saved_view USING btree (institution_id, list, id) WHERE (NOT removed)
CREATE UNIQUE INDEX saved_view_pk ON zengxin.saved_view USING btree (institution_id, id)
CREATE UNIQUE INDEX second_factor_pk ON zengxin.second_factor USING btree (institution_id, user_id)
CREATE UNIQUE INDEX segment_exposure_pk ON zengxin.segment_exposure USING btree (institution_id, kind, code)
CREATE INDEX session_of_client ON zengxin.session USING btree (institution_id, client_id) WHERE (ended_at IS NULL)
CREATE INDEX session_of_user ON zengxin.session USING btree (institution_id, user_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX session_pk ON zengxin.session USING btree (institution_id, id)
CREATE INDEX supervisor_confirmation_of_member ON zengxin.supervisor_confirmation USING btree (member_id, from_day)
CREATE UNIQUE INDEX supervisor_confirmation_pk ON zengxin.supervisor_confirmation USING btree (institution_id, id)
CREATE INDEX supervisor_confirmation_stated_once ON zengxin.supervisor_confirmation USING gist (institution_id, member_id, kind, daterange(from_day, until_day, '[)'::text))
CREATE UNIQUE INDEX user_account_name_key ON zengxin.user_account USING btree (institution_id, name)
CREATE UNIQUE INDEX user_account_pk ON zengxin.user_account USING btree (institution_id, id)
CREATE UNIQUE INDEX year_volume_pk ON zengxin.year_volume USING btree (institution_id, year)

-- policies
agreement agreement_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
agreement agreement_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
agreement agreement_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
agreement_terms agreement_terms_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
agreement_terms agreement_terms_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (provincial_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (national_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
agreement_terms agreement_terms_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
audit_entry audit_entry_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
audit_entry audit_entry_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
award_unit award_unit_read SELECT USING (true) WITH CHECK ()
bank bank_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
bank bank_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
bank bank_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
bank_branch bank_branch_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
bank_branch bank_branch_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
bank_branch bank_branch_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
cession cession_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
cession cession_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (reguarantor_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
cession_position cession_position_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
cession_position cession_position_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (reguarantor_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
cession_position cession_position_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
client_exposure client_exposure_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
client_exposure client_exposure_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
client_exposure client_exposure_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract contract_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
contract contract_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract contract_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract_content contract_content_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
contract_content contract_content_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract_event contract_event_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
contract_event contract_event_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract_exception contract_exception_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
contract_exception contract_exception_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
contract_finding contract_finding_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
contract_finding contract_finding_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
credential credential_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
credential credential_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
credential credential_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
deadline deadline_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
deadline deadline_read SELECT USING ((NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)) WITH CHECK ()
deadline deadline_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
drift_alert drift_alert_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
drift_alert drift_alert_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (reguarantor_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (national_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
drift_alert drift_alert_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
equity_investment equity_investment_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
equity_investment equity_investment_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
equity_investment equity_investment_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
fee_carry fee_carry_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
fee_carry fee_carry_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
filing_application filing_application_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
filing_application filing_application_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
filing_decision filing_decision_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
filing_decision filing_decision_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (cedent_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
financial_statement financial_statement_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
financial_statement financial_statement_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_fault import_fault_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_fault import_fault_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_fault import_fault_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_file import_file_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_file import_file_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_file import_file_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_job import_job_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_job import_job_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_job import_job_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_mapping import_mapping_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_mapping import_mapping_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_mapping import_mapping_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_mapping_version import_mapping_version_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_mapping_version import_mapping_version_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_part import_part_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_part import_part_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_part import_part_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_run import_run_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
import_run import_run_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
import_run import_run_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
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
membership membership_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (member_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR ((relation = 'reguarantees'::text) AND (NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)))) WITH CHECK ()
membership membership_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
month_end month_end_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
month_end month_end_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
one_time_link one_time_link_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
one_time_link one_time_link_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
one_time_link one_time_link_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party party_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party party_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party party_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_disclosure party_disclosure_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_disclosure party_disclosure_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_flag party_flag_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_flag party_flag_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_flag party_flag_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_gram party_gram_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_gram party_gram_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_group party_group_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_group party_group_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_group party_group_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_group_member party_group_member_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_group_member party_group_member_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_group_member party_group_member_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_identifier party_identifier_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_identifier party_identifier_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_identifier party_identifier_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_jobs party_jobs_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_jobs party_jobs_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_merge party_merge_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_merge party_merge_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_merge party_merge_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
party_size_input party_size_input_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
party_size_input party_size_input_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
portfolio_position portfolio_position_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
portfolio_position portfolio_position_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
portfolio_position portfolio_position_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
product product_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
product product_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (open AND (NULLIF(current_setting('app.institution_id'::text, true), ''::text) IS NOT NULL)))) WITH CHECK ()
product product_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
quota_grant quota_grant_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
quota_grant quota_grant_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (cedent_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
quota_grant quota_grant_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
quota_use quota_use_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
quota_use quota_use_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR ((of_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) AND (year > 0)))) WITH CHECK ()
quota_use quota_use_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
recovery_code recovery_code_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
recovery_code recovery_code_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
recovery_code recovery_code_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
refresh_token refresh_token_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
refresh_token refresh_token_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
refresh_token refresh_token_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
region region_read SELECT USING (true) WITH CHECK ()
saved_view saved_view_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
saved_view saved_view_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
saved_view saved_view_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
second_factor second_factor_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
second_factor second_factor_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
second_factor second_factor_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
segment_exposure segment_exposure_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
segment_exposure segment_exposure_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
segment_exposure segment_exposure_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
session session_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
session session_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
session session_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
supervisor_confirmation supervisor_confirmation_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
supervisor_confirmation supervisor_confirmation_read SELECT USING (((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid) OR (member_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))) WITH CHECK ()
supervisor_confirmation supervisor_confirmation_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
user_account user_account_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
user_account user_account_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
user_account user_account_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
year_volume year_volume_insert INSERT USING () WITH CHECK ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid))
year_volume year_volume_read SELECT USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()
year_volume year_volume_update UPDATE USING ((institution_id = (NULLIF(current_setting('app.institution_id'::text, true), ''::text))::uuid)) WITH CHECK ()

-- grants
agreement INSERT, SELECT
agreement.cap_fen UPDATE
agreement.name UPDATE
agreement.product_ids UPDATE
agreement.until_day UPDATE
agreement.version UPDATE
agreement_terms INSERT, SELECT
agreement_terms.until_day UPDATE
agreement_terms.version UPDATE
audit_entry INSERT, SELECT
award_unit SELECT
bank INSERT, SELECT
bank.until_day UPDATE
bank.version UPDATE
bank_branch INSERT, SELECT
bank_branch.until_day UPDATE
bank_branch.version UPDATE
cession INSERT, SELECT
cession_position INSERT, SELECT
cession_position.contracts UPDATE
cession_position.outstanding_fen UPDATE
cession_position.small_agri_fen UPDATE
client_exposure INSERT, SELECT
client_exposure.farmer_loan_fen UPDATE
client_exposure.housing_fen UPDATE
client_exposure.other_bond_fen UPDATE
client_exposure.other_fen UPDATE
client_exposure.other_loan_fen UPDATE
client_exposure.rated_bond_fen UPDATE
client_exposure.regulator_small_credit_fen UPDATE
client_exposure.regulator_small_fen UPDATE
client_exposure.small_agri_fen UPDATE
client_exposure.small_loan_fen UPDATE
client_exposure.total_fen UPDATE
contract INSERT, SELECT
contract.agreement_id UPDATE
contract.amount_fen UPDATE
contract.approved_on UPDATE
contract.bank_id UPDATE
contract.bank_share_e10 UPDATE
contract.begun_on UPDATE
contract.branch_id UPDATE
contract.charges UPDATE
contract.client_grade UPDATE
contract.client_id UPDATE
contract.client_kind UPDATE
contract.content_hash UPDATE
contract.content_version UPDATE
contract.counter_guarantee UPDATE
contract.credit_line_fen UPDATE
contract.decided_by UPDATE
contract.early_release UPDATE
contract.end_day UPDATE
contract.ended_on UPDATE
contract.existing_loan UPDATE
contract.fee_fen UPDATE
contract.industry_code UPDATE
contract.institution_share_e10 UPDATE
contract.issuer_rating UPDATE
contract.kind UPDATE
contract.loan_number UPDATE
contract.loan_rate_e10 UPDATE
contract.local_finance_share_e10 UPDATE
contract.national_fee_fen UPDATE
contract.national_id UPDATE
contract.national_share_e10 UPDATE
contract.number UPDATE
contract.operating_loan UPDATE
contract.other_share_e10 UPDATE
contract.outstanding_fen UPDATE
contract.party_id UPDATE
contract.principal_fen UPDATE
contract.product_id UPDATE
contract.product_stated_by UPDATE
contract.provincial_fee_fen UPDATE
contract.provincial_id UPDATE
contract.provincial_share_e10 UPDATE
contract.purpose UPDATE
contract.region_code UPDATE
contract.signed_on UPDATE
contract.size_class UPDATE
contract.start_day UPDATE
contract.startup_hires UPDATE
contract.startup_staff UPDATE
contract.state UPDATE
contract.submitted_by UPDATE
contract.tags UPDATE
contract.version UPDATE
contract_content INSERT, SELECT
contract_event INSERT, SELECT
contract_exception INSERT, SELECT
contract_finding INSERT, SELECT
credential INSERT, SELECT
credential.changed_at UPDATE
credential.failures UPDATE
credential.locked_until UPDATE
credential.password_hash UPDATE
deadline INSERT, SELECT
deadline.until_day UPDATE
deadline.version UPDATE
drift_alert INSERT, SELECT
drift_alert.cleared_on UPDATE
drift_alert.cleared_seq UPDATE
equity_investment INSERT, SELECT
equity_investment.until_day UPDATE
equity_investment.version UPDATE
fee_carry INSERT, SELECT
filing_application INSERT, SELECT
filing_decision INSERT, SELECT
financial_statement INSERT, SELECT
import_fault INSERT, SELECT
import_fault.sealed UPDATE
import_file INSERT, SELECT
import_file.forgotten_at UPDATE
import_job INSERT, SELECT
import_job.attempts UPDATE
import_job.bad UPDATE
import_job.began_at UPDATE
import_job.cancel_id UPDATE
import_job.done UPDATE
import_job.ended_at UPDATE
import_job.faults UPDATE
import_job.findings UPDATE
import_job.held_until UPDATE
import_job.holder UPDATE
import_job.imported UPDATE
import_job.problem UPDATE
import_job.run_id UPDATE
import_job.state UPDATE
import_job.unchanged UPDATE
import_job.version UPDATE
import_mapping INSERT, SELECT
import_mapping.content UPDATE
import_mapping.name UPDATE
import_mapping.version UPDATE
import_mapping_version INSERT, SELECT
import_part INSERT, SELECT
import_part.sealed UPDATE
import_run INSERT, SELECT
import_run.bad UPDATE
import_run.finished_at UPDATE
import_run.imported UPDATE
import_run.state UPDATE
import_run.unchanged UPDATE
industry SELECT
institution INSERT, SELECT
institution.name UPDATE
institution.region_code UPDATE
institution.status UPDATE
institution.status_since UPDATE
institution.version UPDATE
institution_event INSERT, SELECT
journal_head INSERT, SELECT, UPDATE
journal_head.facts_seq UPDATE
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
month_end INSERT, SELECT
one_time_link INSERT, SELECT
one_time_link.used_at UPDATE
party INSERT, SELECT
party.industry_code UPDATE
party.merged_into UPDATE
party.name UPDATE
party.name_key UPDATE
party.region_code UPDATE
party.status UPDATE
party.version UPDATE
party_disclosure INSERT, SELECT
party_flag INSERT, SELECT
party_flag.ended_seq UPDATE
party_flag.until_day UPDATE
party_flag.version UPDATE
party_gram INSERT, SELECT
party_group INSERT, SELECT
party_group.name UPDATE
party_group.version UPDATE
party_group_member INSERT, SELECT
party_group_member.ended_seq UPDATE
party_group_member.until_day UPDATE
party_group_member.version UPDATE
party_identifier INSERT, SELECT
party_identifier.ended_seq UPDATE
party_identifier.until_day UPDATE
party_identifier.version UPDATE
party_jobs INSERT, SELECT
party_merge INSERT, SELECT
party_merge.undoing_hash UPDATE
party_merge.undoing_id UPDATE
party_merge.undoing_reason UPDATE
party_merge.undone_on UPDATE
party_merge.undone_seq UPDATE
party_size_input INSERT, SELECT
portfolio_position INSERT, SELECT
portfolio_position.clients UPDATE
portfolio_position.farmer_loan_fen UPDATE
portfolio_position.housing_fen UPDATE
portfolio_position.other_bond_fen UPDATE
portfolio_position.other_fen UPDATE
portfolio_position.other_loan_fen UPDATE
portfolio_position.rated_bond_fen UPDATE
portfolio_position.regulator_small_credit_fen UPDATE
portfolio_position.regulator_small_fen UPDATE
portfolio_position.small_agri_clients UPDATE
portfolio_position.small_agri_fen UPDATE
portfolio_position.small_loan_fen UPDATE
portfolio_position.small_ticket_fen UPDATE
portfolio_position.total_fen UPDATE
product INSERT, SELECT
product.until_day UPDATE
product.version UPDATE
quota_grant INSERT, SELECT
quota_grant.document UPDATE
quota_grant.granted_fen UPDATE
quota_grant.version UPDATE
quota_use INSERT, SELECT
quota_use.used_fen UPDATE
recovery_code INSERT, SELECT
recovery_code.used_at UPDATE
refresh_token INSERT, SELECT
refresh_token.used_at UPDATE
region SELECT
saved_view INSERT, SELECT
saved_view.columns UPDATE
saved_view.name UPDATE
saved_view.query UPDATE
saved_view.removed UPDATE
saved_view.shared UPDATE
saved_view.version UPDATE
second_factor INSERT, SELECT
second_factor.confirmed_at UPDATE
second_factor.last_step UPDATE
second_factor.sealed_secret UPDATE
segment_exposure INSERT, SELECT
segment_exposure.outstanding_fen UPDATE
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
year_volume INSERT, SELECT
year_volume.amount_days UPDATE
year_volume.amount_fen UPDATE
year_volume.contracts UPDATE
year_volume.fee_fen UPDATE
year_volume.small_agri_fen UPDATE
year_volume.small_ticket_fen UPDATE

-- functions
CREATE OR REPLACE FUNCTION zengxin.append_audit(institution uuid, new_seq bigint, at timestamp with time zone, actor_kind text, actor_id uuid, action text, outcome text, object_kind text, object_id uuid, detail text, new_hash bytea, changes_facts boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO zengxin.audit_entry
  VALUES (institution, new_seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, new_hash);
  UPDATE zengxin.journal_head h SET seq = new_seq, hash = new_hash,
    facts_seq = CASE WHEN changes_facts THEN new_seq ELSE h.facts_seq END
  WHERE h.institution_id = institution;
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

CREATE OR REPLACE FUNCTION zengxin.lock_book(institution uuid, client_ids uuid[], quota_ids uuid[], quota_years integer[], in_year integer)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  head zengxin.journal_head;
  answer jsonb;
BEGIN
  SELECT * INTO head FROM zengxin.journal_head h WHERE h.institution_id = institution FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO zengxin.journal_head (institution_id, seq, hash) VALUES (institution, 0, decode(repeat('00', 32), 'hex'))
    ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM zengxin.journal_head h WHERE h.institution_id = institution FOR UPDATE;
  END IF;
  SELECT jsonb_build_object(
    'clients', coalesce((SELECT jsonb_agg(to_jsonb(e)) FROM zengxin.client_exposure e
      WHERE e.institution_id = institution AND e.party_id = ANY (client_ids)), '[]'),
    'versions', coalesce((SELECT jsonb_object_agg(p.id, p.version) FROM zengxin.party p
      WHERE p.institution_id = institution AND p.id = ANY (client_ids)), '{}'),
    'quotas', coalesce((SELECT jsonb_agg(to_jsonb(u)) FROM zengxin.quota_use u
      WHERE u.institution_id = institution AND u.of_id = ANY (quota_ids) AND u.year = ANY (quota_years)), '[]'),
    'position', (SELECT to_jsonb(p) FROM zengxin.portfolio_position p WHERE p.institution_id = institution),
    'volume', (SELECT to_jsonb(v) FROM zengxin.year_volume v WHERE v.institution_id = institution AND v.year = in_year),
    'head', jsonb_build_object('seq', head.seq, 'hash', encode(head.hash, 'hex'), 'facts', head.facts_seq)) INTO answer;
  RETURN answer;
END
$function$

CREATE OR REPLACE FUNCTION zengxin.save_book(institution uuid, contracts json, events json, findings json, clients json, positions json, volumes json, segments json, quotas json, cessions json, uppers json)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  c zengxin.contract;
  v zengxin.year_volume;
  s zengxin.segment_exposure;
  u zengxin.cession_position;
BEGIN
  FOR c IN SELECT * FROM json_populate_recordset(NULL::zengxin.contract, contracts) LOOP
    UPDATE zengxin.contract t SET state = c.state, version = c.version, client_id = c.client_id, submitted_by = c.submitted_by,
      decided_by = c.decided_by, client_kind = c.client_kind, size_class = c.size_class, region_code = c.region_code,
      industry_code = c.industry_code, provincial_id = c.provincial_id, national_id = c.national_id,
      bank_share_e10 = c.bank_share_e10, institution_share_e10 = c.institution_share_e10,
      provincial_share_e10 = c.provincial_share_e10, national_share_e10 = c.national_share_e10,
      local_finance_share_e10 = c.local_finance_share_e10, other_share_e10 = c.other_share_e10,
      provincial_fee_fen = c.provincial_fee_fen, national_fee_fen = c.national_fee_fen, early_release = c.early_release,
      approved_on = c.approved_on, begun_on = c.begun_on, ended_on = c.ended_on, outstanding_fen = c.outstanding_fen
    WHERE t.institution_id = institution AND t.id = c.id;
  END LOOP;
  IF json_array_length(events) > 0 THEN
    INSERT INTO zengxin.contract_event SELECT * FROM json_populate_recordset(NULL::zengxin.contract_event, events);
  END IF;
  IF json_array_length(findings) > 0 THEN
    INSERT INTO zengxin.contract_finding SELECT * FROM json_populate_recordset(NULL::zengxin.contract_finding, findings);
  END IF;
  IF json_array_length(clients) > 0 THEN
    INSERT INTO zengxin.client_exposure SELECT institution, n.party_id, n.total_fen, n.small_agri_fen, n.small_loan_fen,
      n.farmer_loan_fen, n.other_loan_fen, n.rated_bond_fen, n.other_bond_fen, n.housing_fen, n.other_fen, n.regulator_small_fen,
      n.regulator_small_credit_fen
    FROM json_populate_recordset(NULL::zengxin.client_exposure, clients) n
    ON CONFLICT (institution_id, party_id) DO UPDATE SET total_fen = excluded.total_fen, small_agri_fen = excluded.small_agri_fen,
      small_loan_fen = excluded.small_loan_fen, farmer_loan_fen = excluded.farmer_loan_fen, other_loan_fen = excluded.other_loan_fen,
      rated_bond_fen = excluded.rated_bond_fen, other_bond_fen = excluded.other_bond_fen, housing_fen = excluded.housing_fen,
      other_fen = excluded.other_fen, regulator_small_fen = excluded.regulator_small_fen,
      regulator_small_credit_fen = excluded.regulator_small_credit_fen;
  END IF;
  IF json_array_length(positions) > 0 THEN
    INSERT INTO zengxin.portfolio_position SELECT institution, n.total_fen, n.small_agri_fen, n.small_ticket_fen, n.clients,
      n.small_agri_clients, n.small_loan_fen, n.farmer_loan_fen, n.other_loan_fen, n.rated_bond_fen, n.other_bond_fen, n.housing_fen,
      n.other_fen, n.regulator_small_fen, n.regulator_small_credit_fen
    FROM json_populate_recordset(NULL::zengxin.portfolio_position, positions) n
    ON CONFLICT (institution_id) DO UPDATE SET total_fen = excluded.total_fen, small_agri_fen = excluded.small_agri_fen,
      small_ticket_fen = excluded.small_ticket_fen, clients = excluded.clients, small_agri_clients = excluded.small_agri_clients,
      small_loan_fen = excluded.small_loan_fen, farmer_loan_fen = excluded.farmer_loan_fen, other_loan_fen = excluded.other_loan_fen,
      rated_bond_fen = excluded.rated_bond_fen, other_bond_fen = excluded.other_bond_fen, housing_fen = excluded.housing_fen,
      other_fen = excluded.other_fen, regulator_small_fen = excluded.regulator_small_fen,
      regulator_small_credit_fen = excluded.regulator_small_credit_fen;
  END IF;
  FOR v IN SELECT * FROM json_populate_recordset(NULL::zengxin.year_volume, volumes) LOOP
    UPDATE zengxin.year_volume t SET contracts = t.contracts + v.contracts, amount_fen = t.amount_fen + v.amount_fen,
      small_agri_fen = t.small_agri_fen + v.small_agri_fen, small_ticket_fen = t.small_ticket_fen + v.small_ticket_fen,
      amount_days = t.amount_days + v.amount_days, fee_fen = t.fee_fen + v.fee_fen
    WHERE t.institution_id = institution AND t.year = v.year;
    IF NOT FOUND THEN
      v.institution_id := institution;
      INSERT INTO zengxin.year_volume VALUES (v.*);
    END IF;
  END LOOP;
  FOR s IN SELECT * FROM json_populate_recordset(NULL::zengxin.segment_exposure, segments) LOOP
    UPDATE zengxin.segment_exposure t SET outstanding_fen = t.outstanding_fen + s.outstanding_fen
    WHERE t.institution_id = institution AND t.kind = s.kind AND t.code = s.code;
    IF NOT FOUND THEN
      s.institution_id := institution;
      INSERT INTO zengxin.segment_exposure VALUES (s.*);
    END IF;
  END LOOP;
  IF json_array_length(quotas) > 0 THEN
    INSERT INTO zengxin.quota_use SELECT institution, n.of_id, n.year, n.used_fen
    FROM json_populate_recordset(NULL::zengxin.quota_use, quotas) n
    ON CONFLICT (institution_id, of_id, year) DO UPDATE SET used_fen = excluded.used_fen;
  END IF;
  IF json_array_length(cessions) > 0 THEN
    INSERT INTO zengxin.cession SELECT * FROM json_populate_recordset(NULL::zengxin.cession, cessions);
  END IF;
  FOR u IN SELECT * FROM json_populate_recordset(NULL::zengxin.cession_position, uppers) LOOP
    UPDATE zengxin.cession_position t SET contracts = t.contracts + u.contracts,
      outstanding_fen = t.outstanding_fen + u.outstanding_fen, small_agri_fen = t.small_agri_fen + u.small_agri_fen
    WHERE t.institution_id = institution AND t.reguarantor_id = u.reguarantor_id AND t.share_e10 = u.share_e10;
    IF NOT FOUND THEN
      u.institution_id := institution;
      INSERT INTO zengxin.cession_position VALUES (u.*);
    END IF;
  END LOOP;
END
$function$


