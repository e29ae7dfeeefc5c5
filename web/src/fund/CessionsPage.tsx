// What is ceded to the fund, contract by contract.
import { listed } from "../api/pages";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Filter } from "../shape/Listing";
import { text, useWords } from "../text";
import { useCessionColumns, useCessionFilters } from "./columns";
import { cessionKey, cessionPath } from "./paths";
import { FILINGS } from "./words";

export default function CessionsPage() {
  const { t } = useWords();
  const filters: Filter[] = [
    ...useCessionFilters(),
    { name: "filing", title: text("备案", "Filing"), kind: "choice", choices: choices(FILINGS) },
    { name: "live", title: text("余额", "Outstanding"), kind: "choice", choices: [{ value: "true", label: text("有余额", "something") }, { value: "false", label: text("已结清", "nothing") }] },
  ];
  return (
    <Listing
      path="/v1/cessions"
      title={t("分入合同", "Ceded contracts")}
      lead={t("下级机构与本机构分险的合同，按分出机构的申报。未与本机构分险的合同不在其中。", "Contracts whose risk we share, as the cedents state them. Others are not here.")}
      actions={<Act to="/filing-queue">{t("待备案", "To be filed")}</Act>}
      fetch={listed("/v1/cessions")}
      columns={useCessionColumns()}
      filters={filters}
      id={cessionKey}
      to={cessionPath}
      nothing={<p>{t("还没有分入的合同。下级机构按分险协议审批通过的合同会列在这里。", "Nothing is ceded to us yet. What institutions below approve under an agreement with us will stand here.")}</p>}
    />
  );
}
