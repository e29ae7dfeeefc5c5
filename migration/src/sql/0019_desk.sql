-- What the people at a desk look at: what a contract said before it was revised, the book at the ends of past months, and their own
-- views of lists.

-- A content that another one took the place of. The present content is the contract's; so a contract that is never revised has no row,
-- and no booking writes one. `content` is the text whose SHA-256 the events of that content name.
CREATE TABLE zengxin.contract_content (
  institution_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  content_version bigint NOT NULL,
  content text NOT NULL,
  content_hash bytea NOT NULL,
  replaced_by uuid NOT NULL,
  replaced_at timestamptz NOT NULL,
  CONSTRAINT contract_content_pk PRIMARY KEY (institution_id, contract_id, content_version),
  CONSTRAINT contract_content_version_positive CHECK (content_version > 0),
  CONSTRAINT contract_content_hash_length CHECK (octet_length(content_hash) = 32)
);

-- The book at the end of a month as it was known when the month was kept. Never changed: once an earlier book was taken over the month is
-- kept once more, under the next edition, because that book was not here before.
CREATE TABLE zengxin.month_end (
  institution_id uuid NOT NULL,
  month_end date NOT NULL,
  edition integer NOT NULL,
  total_fen bigint NOT NULL,
  committed_fen bigint NOT NULL,
  small_agri_fen bigint NOT NULL,
  small_ticket_fen bigint NOT NULL,
  clients bigint NOT NULL,
  small_agri_clients bigint NOT NULL,
  liability_fen bigint NOT NULL,
  net_assets_fen bigint,
  new_amount_fen bigint NOT NULL,
  measures jsonb NOT NULL,
  kept_at timestamptz NOT NULL,
  CONSTRAINT month_end_pk PRIMARY KEY (institution_id, month_end, edition),
  CONSTRAINT month_end_edition_positive CHECK (edition > 0),
  CONSTRAINT month_end_is_one CHECK (extract(day FROM month_end + 1) = 1),
  CONSTRAINT month_end_not_negative CHECK (least(total_fen, committed_fen, small_agri_fen, small_ticket_fen, clients,
    small_agri_clients, liability_fen, new_amount_fen) >= 0)
);

-- Filters, columns and order of a list under a name, of the person who keeps it; a shared one is read by all of the institution. One that
-- was removed can be brought back by its owner, as long as its name is free.
CREATE TABLE zengxin.saved_view (
  institution_id uuid NOT NULL,
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  list text NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  columns text[] NOT NULL,
  shared boolean NOT NULL,
  removed boolean NOT NULL,
  version bigint NOT NULL,
  creation_hash bytea NOT NULL,
  CONSTRAINT saved_view_pk PRIMARY KEY (institution_id, id),
  CONSTRAINT saved_view_list_length CHECK (char_length(list) BETWEEN 1 AND 60),
  CONSTRAINT saved_view_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
  CONSTRAINT saved_view_query_length CHECK (char_length(query) <= 2000),
  CONSTRAINT saved_view_columns_count CHECK (cardinality(columns) <= 50),
  CONSTRAINT saved_view_version_positive CHECK (version > 0)
);

ALTER TABLE zengxin.contract_content
  ADD CONSTRAINT contract_content_contract_fk FOREIGN KEY (institution_id, contract_id)
  REFERENCES zengxin.contract (institution_id, id);

ALTER TABLE zengxin.month_end
  ADD CONSTRAINT month_end_owner_fk FOREIGN KEY (institution_id) REFERENCES zengxin.institution (id);

ALTER TABLE zengxin.saved_view
  ADD CONSTRAINT saved_view_owner_fk FOREIGN KEY (institution_id, owner_id)
  REFERENCES zengxin.user_account (institution_id, id);

-- The contracts that count, largest first: partial, so that a contract has an entry from its approval to its end only.
CREATE INDEX contract_by_outstanding ON zengxin.contract (institution_id, outstanding_fen, id) WHERE outstanding_fen > 0;

CREATE UNIQUE INDEX saved_view_name_once ON zengxin.saved_view (institution_id, owner_id, list, name) WHERE NOT removed;

CREATE INDEX saved_view_of_list ON zengxin.saved_view (institution_id, list, id) WHERE NOT removed;

ALTER TABLE zengxin.contract_content ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY contract_content_read ON zengxin.contract_content FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY contract_content_insert ON zengxin.contract_content FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.month_end ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY month_end_read ON zengxin.month_end FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY month_end_insert ON zengxin.month_end FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

ALTER TABLE zengxin.saved_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY saved_view_read ON zengxin.saved_view FOR SELECT
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY saved_view_insert ON zengxin.saved_view FOR INSERT
  WITH CHECK (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

CREATE POLICY saved_view_update ON zengxin.saved_view FOR UPDATE
  USING (institution_id = nullif(current_setting('app.institution_id', true), '')::uuid);

GRANT SELECT, INSERT ON zengxin.contract_content, zengxin.month_end TO zengxin_app;

GRANT SELECT, INSERT, UPDATE (name, query, columns, shared, removed, version) ON zengxin.saved_view TO zengxin_app;
