// What a party was merged into and what into it, and the undoing of the last one.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import { useRefresh } from "../contracts/useContract";
import { Act } from "../shape/Act";
import { Section } from "../shape/DetailPage";
import { RecordForm } from "../shape/RecordPage";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { REASON_FIELDS } from "./partyForm";
import { PartyLink } from "./PartyPage";

type Merge = Schemas["PartyMergeOut"];

export function Merges({ party }: { party: Schemas["PartyOut"] }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ["/v1/parties", party.id, "merges"], queryFn: ({ signal }) => everyPage((page) => answered(own.GET("/v1/parties/{id}/merges", { params: { path: { id: party.id }, query: page }, signal }))) });
  const [undoing, setUndoing] = useState<Merge | null>(null);
  if (query.error) return <Refused error={query.error} />;
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title={t("合并", "Merges")}>
      <ul className="rows">
        {query.data.map((merge) => (
          <li key={merge.id}>
            <span>{merge.source_id === party.id ? <>{t("并入", "into ")}<PartyLink id={merge.target_id} /></> : <><PartyLink id={merge.source_id} />{t("并入本主体", " into this one")}</>}</span>{" "}
            <span className="count">{merge.merged_on} · {t(`${merge.contract_ids.length} 份合同随之转入`, `${merge.contract_ids.length} contracts went over`)} · {merge.reason}</span>
            {merge.undoing ? <span className="badge">{t(`已于 ${merge.undoing.undone_on} 撤销：${merge.undoing.reason}`, `undone on ${merge.undoing.undone_on}: ${merge.undoing.reason}`)}</span>
              : <Act action="merge_parties" act={() => setUndoing(merge)}>{t("撤销合并", "Undo")}</Act>}
            {undoing?.id === merge.id && <Undo merge={merge} done={() => setUndoing(null)} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Undo({ merge, done }: { merge: Merge; done: () => void }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const save = (body: Schemas["PartyMergeUndoingIn"], act: string) => answered(own.PUT("/v1/parties/{id}/merges/{act}/undoings/{undoing_act}", { params: { path: { id: merge.source_id, act: merge.id, undoing_act: act } }, body }));
  return (
    <div>
      <ul className="consequences">
        <li>{t("随合并转入、仍在另一主体名下的合同转回，按现在的余额。", "Contracts that went over and are still with the other party go back, with what is outstanding now.")}</li>
        <li>{t("合并以后新办的合同留在原处。", "What was booked since stays where it is.")}</li>
        <li>{t("占比可能因此变动；低于下限时产生预警。", "A share may change by it; one that falls below its floor raises an alert.")}</li>
      </ul>
      <RecordForm fields={REASON_FIELDS} save={save} saved={() => { void refresh(); done(); }} word={t("撤销合并", "Undo the merge")} danger cancel={done} />
    </div>
  );
}
