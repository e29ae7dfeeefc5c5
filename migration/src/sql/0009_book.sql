-- How the book is locked and saved: each in one message, because every message under a lock costs throughput. There is no decision in
-- here; what is written was decided by the program.

-- Locks what a booking decides on, always in this order: clients by id, quotas by id and year, the position, the head of the journal.
-- Rows that are missing are made first. Answers what the rows say and the versions of the clients: a client of another version than the
-- one read before the lock was changed, merged, joined by another or parted from it meanwhile.
CREATE FUNCTION zengxin.lock_book(institution uuid, client_ids uuid[], quota_ids uuid[], quota_years integer[], in_year integer)
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

-- Saves what a contract's event changes: the contract, the event with its findings, the counters, what the upper layers read.
-- Every argument is an array of rows, so that the same function serves one contract and a merge of two clients. Rows are changed one
-- by one, by their keys: of a set made from JSON the planner expects a hundred rows, and would read the whole table to join them.
CREATE FUNCTION zengxin.save_book(institution uuid, contracts jsonb, events jsonb, findings jsonb, clients jsonb, positions jsonb,
  volumes jsonb, segments jsonb, quotas jsonb, cessions jsonb, uppers jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c zengxin.contract;
  e zengxin.client_exposure;
  p zengxin.portfolio_position;
  v zengxin.year_volume;
  s zengxin.segment_exposure;
  q zengxin.quota_use;
  u zengxin.cession_position;
BEGIN
  FOR c IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract, contracts) LOOP
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
  INSERT INTO zengxin.contract_event SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract_event, events);
  INSERT INTO zengxin.contract_finding SELECT * FROM jsonb_populate_recordset(NULL::zengxin.contract_finding, findings);
  FOR e IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.client_exposure, clients) LOOP
    UPDATE zengxin.client_exposure t SET total_fen = e.total_fen, small_agri_fen = e.small_agri_fen,
      small_loan_fen = e.small_loan_fen, farmer_loan_fen = e.farmer_loan_fen, other_loan_fen = e.other_loan_fen,
      rated_bond_fen = e.rated_bond_fen, other_bond_fen = e.other_bond_fen, housing_fen = e.housing_fen, other_fen = e.other_fen,
      regulator_small_fen = e.regulator_small_fen, regulator_small_credit_fen = e.regulator_small_credit_fen
    WHERE t.institution_id = institution AND t.party_id = e.party_id;
  END LOOP;
  FOR p IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.portfolio_position, positions) LOOP
    UPDATE zengxin.portfolio_position t SET total_fen = p.total_fen, small_agri_fen = p.small_agri_fen,
      small_ticket_fen = p.small_ticket_fen, clients = p.clients, small_agri_clients = p.small_agri_clients,
      small_loan_fen = p.small_loan_fen, farmer_loan_fen = p.farmer_loan_fen, other_loan_fen = p.other_loan_fen,
      rated_bond_fen = p.rated_bond_fen, other_bond_fen = p.other_bond_fen, housing_fen = p.housing_fen, other_fen = p.other_fen,
      regulator_small_fen = p.regulator_small_fen, regulator_small_credit_fen = p.regulator_small_credit_fen
    WHERE t.institution_id = institution;
  END LOOP;
  INSERT INTO zengxin.year_volume SELECT institution, n.year, 0, 0, 0, 0, 0, 0
  FROM jsonb_populate_recordset(NULL::zengxin.year_volume, volumes) n ON CONFLICT DO NOTHING;
  FOR v IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.year_volume, volumes) LOOP
    UPDATE zengxin.year_volume t SET contracts = t.contracts + v.contracts, amount_fen = t.amount_fen + v.amount_fen,
      small_agri_fen = t.small_agri_fen + v.small_agri_fen, small_ticket_fen = t.small_ticket_fen + v.small_ticket_fen,
      amount_days = t.amount_days + v.amount_days, fee_fen = t.fee_fen + v.fee_fen
    WHERE t.institution_id = institution AND t.year = v.year;
  END LOOP;
  INSERT INTO zengxin.segment_exposure SELECT institution, n.kind, n.code, 0
  FROM jsonb_populate_recordset(NULL::zengxin.segment_exposure, segments) n ON CONFLICT DO NOTHING;
  FOR s IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.segment_exposure, segments) LOOP
    UPDATE zengxin.segment_exposure t SET outstanding_fen = t.outstanding_fen + s.outstanding_fen
    WHERE t.institution_id = institution AND t.kind = s.kind AND t.code = s.code;
  END LOOP;
  FOR q IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.quota_use, quotas) LOOP
    UPDATE zengxin.quota_use t SET used_fen = q.used_fen
    WHERE t.institution_id = institution AND t.of_id = q.of_id AND t.year = q.year;
  END LOOP;
  INSERT INTO zengxin.cession SELECT * FROM jsonb_populate_recordset(NULL::zengxin.cession, cessions);
  INSERT INTO zengxin.cession_position SELECT institution, n.reguarantor_id, 0, 0, 0, n.share_e10
  FROM jsonb_populate_recordset(NULL::zengxin.cession_position, uppers) n ON CONFLICT DO NOTHING;
  FOR u IN SELECT * FROM jsonb_populate_recordset(NULL::zengxin.cession_position, uppers) LOOP
    UPDATE zengxin.cession_position t SET contracts = t.contracts + u.contracts,
      outstanding_fen = t.outstanding_fen + u.outstanding_fen, small_agri_fen = t.small_agri_fen + u.small_agri_fen
    WHERE t.institution_id = institution AND t.reguarantor_id = u.reguarantor_id AND t.share_e10 = u.share_e10;
  END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION zengxin.lock_book(uuid, uuid[], uuid[], integer[], integer),
  zengxin.save_book(uuid, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb) TO zengxin_app;
