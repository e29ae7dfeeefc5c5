// A contract entered in steps, each of them an address, with what the rules say of it while it is written.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { named, useAgreements, useBanks, useBranches, useParty, useProducts, useTerms } from "../book/lookups";
import { PartyPicker } from "../book/PartyPicker";
import { VERDICTS, clientKind } from "../book/words";
import { newId } from "../id";
import { holdsOn, useToday } from "../institutions/useMemberships";
import { SizeGrounds } from "../parties/SizeGrounds";
import { Act } from "../shape/Act";
import { faultsOf, useComplaints } from "../shape/form/errors";
import { fromDocument, isComplete, toDocument, type Draft } from "../shape/form/document";
import { Fields } from "../shape/form/FieldInput";
import { FoldedFindings } from "../shape/FindingCard";
import { FormPage } from "../shape/Page";
import { Empty, Refused } from "../shape/States";
import { Steps } from "../shape/Steps";
import { Unsaved } from "../shape/Unsaved";
import { useAddress } from "../shape/useAddress";
import { useRested } from "../shape/useRested";
import { useWords } from "../text";
import { ContractFacts, Shares } from "./ContractFacts";
import { fieldsOf, STEP_TITLES, STEPS, stepOf, type Step } from "./contractForm";
import { checkContent, productKey, toContent, toForm, useRefresh, type Contract } from "./useContract";

type Content = Schemas["ContractIn"];

/** How long after the last key the service is asked. */
const PAUSE_MS = 500;

interface Props {
  title: string;
  parent: { to: string; title: string };
  /** What it begins with. */
  initial: Partial<Content>;
  save: (content: Content, id: string) => Promise<Contract>;
}

export function ContractForm({ title, parent, initial, save }: Props) {
  const { t } = useWords();
  const go = useNavigate();
  const refresh = useRefresh();
  const [address, setAddress] = useAddress();
  const step: Step = STEPS.find((each) => each === address.get("step")) ?? "client";
  const [id] = useState(newId);
  const [submission] = useState(newId);
  const clean = useRef(true);
  const form = useRef<HTMLFormElement>(null);
  const start = useMemo(() => begun(initial), []);
  const [draft, setDraft] = useState<Draft>(start);
  const fields = useFields(draft);
  const all = [...fields.client, ...fields.agreement, ...fields.loan, ...fields.fee];
  const content = toContent({ ...toDocument(all, draft), party_id: draft["party_id"] });
  const complete = draft["party_id"] !== "" && isComplete(all, draft);
  const check = useCheck(content, complete);
  const saving = useMutation({
    mutationFn: async (submit: boolean) => {
      const contract = await save(content, id);
      clean.current = true;
      // Refused by a rule it stays a draft, with the refusal kept beside it: its page shows both.
      if (submit) await answered(own.PUT("/v1/contracts/{id}/submissions/{act}", { params: { path: { id: contract.id, act: submission } } })).catch((error: unknown) => { if (!(error instanceof Refusal && error.problem.findings)) throw error; });
      return contract;
    },
    onSuccess: async (contract) => {
      await refresh();
      void go(`/contracts/${contract.id}`);
    },
  });
  const written = saving.error instanceof Refusal ? saving.error : null;
  const faults = faultsOf(written ?? check.error);
  const errors = useComplaints(faults);
  const change = (next: Draft) => {
    clean.current = JSON.stringify(next) === JSON.stringify(start);
    if (saving.error) saving.reset();
    setDraft(next);
  };
  const to = (next: Step) => setAddress({ step: next }, { replace: false });
  const place = STEPS.indexOf(step);
  const wrong = (each: Step) => faults.filter(({ field }) => stepOf(field, fields) === each).length;
  // Whoever sent it goes on where it is wrong.
  useEffect(() => {
    const first = written?.problem.errors?.[0];
    if (first) to(stepOf(first.field, fields));
  }, [written]);
  return (
    <FormPage
      title={title}
      parent={parent}
      lead={t("分五步录入；旁边随时显示规则的结论，保存前不登记任何内容。", "Five steps; what the rules say stands beside them, and nothing is written before it is saved.")}
      form={
        <form ref={form} noValidate onSubmit={(event) => { event.preventDefault(); to(STEPS[place + 1] ?? "review"); }}>
          <Steps steps={STEPS.map((each) => ({ step: each, title: t(STEP_TITLES[each]), wrong: wrong(each) > 0 ? t(`${wrong(each)} 处有误`, `${wrong(each)} wrong`) : null }))} present={step} to={to} />
          {step === "client" && (
            <ClientStep party={String(draft["party_id"])} choose={(party) => change({ ...draft, party_id: party })} complaint={errors.get("party_id")} />
          )}
          {step !== "review" && <div className="fields"><Fields fields={fields[step]} draft={draft} path="" errors={errors} change={(next) => change(following(draft, next))} /></div>}
          {step === "agreement" && <AgreementSense id={String(draft["agreement_id"])} bank={(bank) => { if (draft["bank_id"] === "" && bank) setDraft({ ...draft, bank_id: bank }); }} />}
          {step === "review" && (complete ? <ContractFacts contract={{ ...content, charges: content.charges ?? [], counter_guarantee: content.counter_guarantee ?? "", tags: content.tags ?? [] }} /> : <p className="notice">{t("还有未填的项目；可以回到前面的步骤补全。", "Something is still empty: go back to the steps before.")}</p>)}
          {saving.error && <Refused error={saving.error} />}
          <div className="submit">
            {step !== "review" && <Button type="primary" htmlType="submit">{t("下一步", "Next")}</Button>}
            {place > 0 && <Button onClick={() => to(STEPS[place - 1] ?? "client")}>{t("上一步", "Back")}</Button>}
            <Act action="draft_contract" barred={complete ? null : t("请先填完必填项目。", "Fill in what must be given first.")} act={() => { if (!saving.isPending) saving.mutate(false); }}>{t("保存草稿", "Save the draft")}</Act>
            {step === "review" && <Act primary action="submit_contract" barred={complete ? (check.data?.verdict === "refused" ? t("规则不允许办理，任何人不能豁免；可以保存草稿后修改。", "A rule refuses it and nobody can waive that: save the draft and revise it.") : null) : t("请先填完必填项目。", "Fill in what must be given first.")} act={() => { if (!saving.isPending) saving.mutate(true); }}>{t("保存并提交审批", "Save and submit")}</Act>}
          </div>
          <Unsaved when={() => !clean.current} />
        </form>
      }
      answer={<LiveCheck check={check} complete={complete} />}
    />
  );
}

/** What the form begins with; most contracts guarantee an operating loan. */
function begun(initial: Partial<Content>): Draft {
  const every = Object.values(fieldsOf({ agreements: [], products: [], grades: [{ value: "", label: { zh: "", en: "" } }], banks: [], branches: [], kind: "bond" })).flat();
  return { ...fromDocument(every, { kind: "loan", operating_loan: true, ...toForm(initial as Content) }), party_id: initial.party_id ?? "" };
}

/** What one change brings with it: another product has other grades, another bank other branches. */
function following(before: Draft, next: Draft): Draft {
  return {
    ...next,
    ...(before["product"] !== next["product"] ? { client_grade: "" } : {}),
    ...(before["bank_id"] !== next["bank_id"] ? { branch_id: "" } : {}),
  };
}

/** The fields with what may be chosen in them now. */
function useFields(draft: Draft) {
  const today = useToday() ?? "";
  const banks = useBanks().data ?? [];
  const branches = useBranches(String(draft["bank_id"])).data ?? [];
  const products = useProducts().data ?? [];
  const agreements = useAgreements().data ?? [];
  const holds = (row: { from: string; until?: string | null }) => holdsOn(row, today);
  const product = products.find(({ institution_id, id }) => productKey({ stated_by: institution_id, id }) === draft["product"]);
  return fieldsOf({
    agreements: named(agreements.filter((agreement) => holds(agreement) || agreement.id === draft["agreement_id"])),
    products: products.filter(holds).map((each) => ({ value: productKey({ stated_by: each.institution_id, id: each.id }), label: { zh: each.name, en: each.name } })),
    grades: (product?.national_max ?? []).map(({ grade }) => ({ value: grade, label: { zh: grade, en: grade } })),
    banks: named(banks.filter(holds)),
    branches: named(branches.filter(holds)),
    kind: String(draft["kind"]),
  });
}

/** What the rules say of the content, asked when the keys rest. */
function useCheck(content: Content, complete: boolean) {
  const asked = useRested(complete ? JSON.stringify(content) : null, PAUSE_MS, null);
  return useQuery({ queryKey: ["/v1/contracts", "check", asked], queryFn: ({ signal }) => checkContent(JSON.parse(asked ?? "{}") as Content, signal), enabled: asked !== null, placeholderData: keepPreviousData, retry: false });
}

function LiveCheck({ check, complete }: { check: ReturnType<typeof useCheck>; complete: boolean }): ReactNode {
  const { t } = useWords();
  const faults = faultsOf(check.error);
  return (
    <section aria-label={t("规则的结论", "What the rules say")} aria-live="polite" className={check.isFetching ? "answer fetching" : "answer"}>
      {!complete ? <Empty>{t("填完必填项目后，这里显示每项规则的结论。", "Once what must be given is there, what each rule says stands here.")}</Empty>
        : check.error ? (faults.length > 0 ? <ul className="notice">{faults.map((fault) => <li key={fault.field}>{t(fault.message, fault.message_en)}</li>)}</ul> : <Refused error={check.error} again={() => void check.refetch()} />)
        : check.data ? (
          <>
            <p className={`verdict verdict-${check.data.verdict}`}>{t(VERDICTS[check.data.verdict])} <small>{t(`按 ${check.data.on} 的规则和账面，尚未登记`, `by the rules and the book of ${check.data.on}; nothing is written`)}</small></p>
            <FoldedFindings findings={check.data.findings} />
          </>
        ) : null}
    </section>
  );
}

/** The client, found by its name, with its class and the grounds for it. */
function ClientStep({ party, choose, complaint }: { party: string; choose: (party: string) => void; complaint: string | undefined }) {
  const { t } = useWords();
  const known = useParty(party).data?.data;
  return (
    <>
      <PartyPicker label={t("被担保人", "Party")} value={party} change={choose} complaint={complaint} />
      {party === "" && <p className="field-hint">{t("还没有登记的，请先", "Not filed yet? First")} <Link to="/parties/new">{t("登记被担保人", "file the party")}</Link></p>}
      {known && (
        <div className="known" role="group" aria-label={t("该客户的资料", "What is known of the client")}>
          <p>{t(clientKind(known.client_kind))} {known.small_agri && <span className="badge">{t("支小支农", "small-and-agri")}</span>}</p>
          {known.size ? <SizeGrounds size={known.size} /> : known.kind === "enterprise" && <p className="warning">{t("尚未填报划型指标，按规则不计为小微企业。", "No figures for its size were filed: it does not count as a small enterprise.")} <Link to={`/parties/${party}`}>{t("去填报", "File them")}</Link></p>}
        </div>
      )}
    </>
  );
}

/** The shares of the agreement's terms that hold today; its bank is taken over once. */
function AgreementSense({ id, bank }: { id: string; bank: (bank: string | null | undefined) => void }) {
  const today = useToday() ?? "";
  const agreement = useAgreements().data?.find((each) => each.id === id);
  const terms = useTerms(id).data?.find((each) => holdsOn(each, today));
  useEffect(() => bank(agreement?.bank_id), [agreement?.id]);
  return terms ? <Shares shares={terms.shares} /> : null;
}
