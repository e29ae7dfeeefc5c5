// The guaranteed parties: found by characters of the name, or by an identifier, which is never in an address.
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { searchOf } from "../book/PartyPicker";
import { PARTY_KINDS, PARTY_STATUSES, SCHEMES } from "../book/words";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { Refused } from "../shape/States";
import { text, useWords } from "../text";

type Party = Schemas["PartySummaryOut"];

export default function PartiesPage() {
  const { t } = useWords();
  const columns: Column<Party>[] = [
    { name: "name", title: text("名称", "Name"), value: (party) => party.name },
    { name: "kind", title: text("类型", "Kind"), value: (party) => t(PARTY_KINDS[party.kind]) },
    { name: "region_code", title: text("行政区划", "Region"), value: (party) => party.region_code },
    { name: "industry_code", title: text("行业", "Industry"), value: (party) => party.industry_code ?? "" },
    { name: "status", title: text("状态", "Status"), value: (party) => t(PARTY_STATUSES[party.status]), hidden: true },
    { name: "id", title: text("编号", "Id"), value: (party) => party.id, cell: (party) => <code>{party.id}</code>, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "search", title: text("搜索（按 / 键）", "Search (press /)"), kind: "search", example: text("名称中相连的两个字，或名称的第一个字", "two characters side by side, or the first one") },
  ];
  return (
    <Listing
      path="/v1/parties"
      views="parties"
      title={t("被担保人", "Parties")}
      lead={t("本机构的客户及其资料。", "Our clients and what is known of them.")}
      actions={<Act action="write_parties" to="/parties/new" primary>{t("登记被担保人", "File a party")}</Act>}
      above={<ByIdentifier />}
      fetch={({ search, ...query }, signal) => answered(own.GET("/v1/parties", { params: { query: { ...query, ...searchOf(String(search ?? "")) } as never }, signal }))}
      columns={columns}
      filters={filters}
      id={(party) => party.id}
      to={(party) => `/parties/${party.id}`}
      nothing={<p>{t("还没有被担保人。", "There are no parties yet.")}</p>}
    />
  );
}

/** Whose identifier it is; what is asked stands in the request's body and nowhere else. */
function ByIdentifier() {
  const { t } = useWords();
  const [given, setGiven] = useState<Schemas["GivenIn"]>({ scheme: "uscc", value: "" });
  const search = useMutation({ mutationFn: () => answered(own.POST("/v1/parties/searches", { body: { ...given, value: given.value.trim().toUpperCase() } })) });
  return (
    <details className="by-identifier no-print">
      <summary>{t("按证件号码查找", "Find by an identifier")}</summary>
      <form className="filters" noValidate onSubmit={(event) => { event.preventDefault(); search.mutate(); }}>
        <label>
          <span>{t("证件种类", "Document")}</span>
          <select value={given.scheme} onChange={(event) => setGiven({ ...given, scheme: event.target.value as Schemas["IdentifierScheme"] })}>
            {choices(SCHEMES).map(({ value, label }) => <option key={value} value={value}>{t(label)}</option>)}
          </select>
        </label>
        <label className="grow">
          <span>{t("完整号码", "The whole number")}</span>
          <input type="text" value={given.value} autoComplete="off" maxLength={40} onChange={(event) => setGiven({ ...given, value: event.target.value })} />
        </label>
        <Button htmlType="submit" loading={search.isPending}>{t("查找", "Find")}</Button>
      </form>
      {search.error && <Refused error={search.error} />}
      {search.data && (
        <ul className="found" role="status">
          {search.data.items.length === 0 && <li>{t("没有登记此号码的被担保人。", "No party has this number.")}</li>}
          {search.data.items.map((party) => <li key={party.id}><Link to={`/parties/${party.id}`}>{party.name}</Link> {party.merged_into && <span className="badge">{t("已并入另一主体", "merged into another")}</span>}</li>)}
        </ul>
      )}
    </details>
  );
}
