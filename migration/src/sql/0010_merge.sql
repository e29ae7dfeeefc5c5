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

-- As before; it answers the versions of the clients instead of which of them were merged: a client of another version than the one
-- read before the lock was changed, merged, joined by another or parted from it meanwhile.
CREATE OR REPLACE FUNCTION zengxin.lock_book(institution uuid, client_ids uuid[], quota_ids uuid[], quota_years integer[], in_year integer)
RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  client_rows jsonb;
  client_versions jsonb;
  quota_rows jsonb;
  position_row jsonb;
  volume_row jsonb;
  head_row jsonb;
BEGIN
  INSERT INTO zengxin.client_exposure (institution_id, party_id)
  SELECT institution, c.id FROM unnest(client_ids) AS c (id) ORDER BY c.id
  ON CONFLICT DO NOTHING;
  SELECT jsonb_agg(to_jsonb(l)) INTO client_rows FROM (
    SELECT * FROM zengxin.client_exposure e WHERE e.institution_id = institution AND e.party_id = ANY (client_ids)
    ORDER BY e.party_id FOR UPDATE) l;
  SELECT jsonb_object_agg(p.id, p.version) INTO client_versions FROM zengxin.party p
  WHERE p.institution_id = institution AND p.id = ANY (client_ids);
  INSERT INTO zengxin.quota_use (institution_id, of_id, year)
  SELECT institution, q.id, q.of_year FROM unnest(quota_ids, quota_years) AS q (id, of_year) ORDER BY q.id, q.of_year
  ON CONFLICT DO NOTHING;
  SELECT jsonb_agg(to_jsonb(l)) INTO quota_rows FROM (
    SELECT u.* FROM zengxin.quota_use u WHERE u.institution_id = institution
    AND (u.of_id, u.year) IN (SELECT q.id, q.of_year FROM unnest(quota_ids, quota_years) AS q (id, of_year))
    ORDER BY u.of_id, u.year FOR UPDATE) l;
  INSERT INTO zengxin.portfolio_position (institution_id) VALUES (institution) ON CONFLICT DO NOTHING;
  SELECT to_jsonb(p) INTO position_row FROM zengxin.portfolio_position p WHERE p.institution_id = institution FOR UPDATE;
  INSERT INTO zengxin.journal_head (institution_id, seq, hash) VALUES (institution, 0, decode(repeat('00', 32), 'hex'))
  ON CONFLICT DO NOTHING;
  SELECT jsonb_build_object('seq', h.seq, 'hash', encode(h.hash, 'hex')) INTO head_row
  FROM zengxin.journal_head h WHERE h.institution_id = institution FOR UPDATE;
  SELECT to_jsonb(v) INTO volume_row FROM zengxin.year_volume v WHERE v.institution_id = institution AND v.year = in_year;
  RETURN jsonb_build_object('clients', coalesce(client_rows, '[]'), 'versions', coalesce(client_versions, '{}'),
    'quotas', coalesce(quota_rows, '[]'), 'position', position_row, 'volume', volume_row, 'head', head_row);
END
$$;
