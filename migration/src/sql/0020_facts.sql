-- What a decision rests on beside the book: when the institution last changed it. An approval reads clients, agreements, limits and figures
-- before it waits for the lock of the book; under the lock it knows by one number whether all of that still holds.

-- The number of the last act that changed what decisions about contracts rest on; 0 before the first that is known.
ALTER TABLE zengxin.journal_head ADD COLUMN facts_seq bigint NOT NULL DEFAULT 0;

ALTER TABLE zengxin.journal_head ADD CONSTRAINT journal_head_facts_not_ahead CHECK (facts_seq BETWEEN 0 AND seq);

DROP FUNCTION zengxin.append_audit(uuid, bigint, timestamptz, text, uuid, text, text, text, uuid, text, bytea);

-- Writes the audit row and moves the head past it, in one message while the head is locked. Which acts change facts the program knows; a
-- program that does not say it cannot act any more.
CREATE FUNCTION zengxin.append_audit(institution uuid, new_seq bigint, at timestamptz, actor_kind text, actor_id uuid,
  action text, outcome text, object_kind text, object_id uuid, detail text, new_hash bytea, changes_facts boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO zengxin.audit_entry
  VALUES (institution, new_seq, at, actor_kind, actor_id, action, outcome, object_kind, object_id, detail, new_hash);
  UPDATE zengxin.journal_head h SET seq = new_seq, hash = new_hash,
    facts_seq = CASE WHEN changes_facts THEN new_seq ELSE h.facts_seq END
  WHERE h.institution_id = institution;
END
$$;

GRANT EXECUTE ON FUNCTION
  zengxin.append_audit(uuid, bigint, timestamptz, text, uuid, text, text, text, uuid, text, bytea, boolean) TO zengxin_app;

-- Locks what a booking decides on: the end of the institution's journal. Every change of an institution's book asks for this one lock
-- before it reads what it decides on, and every other change of its rows before it commits; so what the second statement reads stays as it
-- is. With the end it answers which act changed facts last: unless that is the number which was read together with them before the lock,
-- they are to be read again. It also answers the versions of the clients, for an import, which reads only who they are: one of another
-- version was perhaps merged or parted meanwhile. Counters that no booking has moved yet have no row.
CREATE OR REPLACE FUNCTION zengxin.lock_book(institution uuid, client_ids uuid[], quota_ids uuid[], quota_years integer[], in_year integer)
RETURNS jsonb
LANGUAGE plpgsql
-- Of lists as parameters the planner expects ten entries, finds that dear, and would plan the reading anew for every booking, under the lock.
SET plan_cache_mode = force_generic_plan AS $$
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
$$;
