// The mappings that the institution keeps.
import type { Schemas } from "../api/client";
import { listed } from "../api/pages";
import { Act } from "../shape/Act";
import { Listing, type Column } from "../shape/Listing";
import { text, useWords } from "../text";

type Kept = Schemas["ImportMappingKept"];

export default function MappingsPage() {
  const { t } = useWords();
  const columns: Column<Kept>[] = [
    { name: "name", title: text("名称", "Name"), value: (kept) => kept.name },
    { name: "version", title: text("版本", "Version"), value: (kept) => String(kept.version), figure: true },
    { name: "as_of", title: text("账目截至", "State as of"), value: (kept) => kept.mapping.as_of, cell: (kept) => <time>{kept.mapping.as_of}</time> },
    { name: "number", title: text("合同编号的栏", "Column of the number"), value: (kept) => kept.mapping.contract.number.column ?? "", cell: (kept) => <span lang="zh-CN">{kept.mapping.contract.number.column}</span> },
    { name: "id", title: text("编号", "Id"), value: (kept) => kept.id, cell: (kept) => <code>{kept.id}</code>, hidden: true },
  ];
  return (
    <Listing
      path="/v1/import-mappings"
      title={t("映射", "Mappings")}
      parent={{ to: "/imports", title: t("既有业务导入", "Imports") }}
      lead={t("说明某种格式的台账各栏的含义，供以后导入选用。", "What the columns of a form of ledger mean, to be chosen when another is imported.")}
      actions={<Act action="prepare_import" to="/imports/new">{t("导入文件", "Import a file")}</Act>}
      fetch={listed("/v1/import-mappings")}
      columns={columns}
      filters={[]}
      id={(kept) => kept.id}
      to={(kept) => `/import-mappings/${kept.id}`}
      nothing={<p>{t("还没有保存映射。导入文件时，可在第三步为所用的映射取名保存。", "None is kept yet. When a file is imported, its mapping can be given a name in the third step.")}</p>}
    />
  );
}
