// A mapping taken from a file that was written by hand, in place of what is said so far.
import { useMutation } from "@tanstack/react-query";
import { Button, Upload } from "antd";
import { useState } from "react";
import { answered, own } from "../api/client";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { fromMapping, type MappingDraft } from "./mappingDraft";

export function MappingFile({ read }: { read: (draft: MappingDraft) => void }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const reading = useMutation({
    mutationFn: async (file: File) => answered(own.POST("/v1/import-mapping-readings", { body: { text: await file.text() } })),
    onSuccess: (mapping) => read(fromMapping(mapping)),
  });
  const take = (file: File) => {
    setName(file.name);
    reading.mutate(file);
    return false;
  };
  return (
    <div className="mapping-file">
      <Upload accept=".toml,.json" showUploadList={false} beforeUpload={take}><Button disabled={reading.isPending}>{t("读取映射文件（TOML）", "Read a mapping file (TOML)")}</Button></Upload>
      <p className="field-hint" role="status">{reading.isSuccess ? t(`已读取“${name}”，取代此前的设置。`, `“${name}” was read in place of what was said before.`) : t("以文件中的设置取代下面的各项。", "What it says takes the place of everything below.")}</p>
      {reading.error && <Refused error={reading.error} />}
    </div>
  );
}
