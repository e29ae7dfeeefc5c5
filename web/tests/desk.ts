// A guarantee institution at work: what a test needs is made through the interface, by the people who would make it.
import { randomBytes } from "node:crypto";
import { loginOf, unique, type Login } from "./demo";

/** Ids in the order of their making, as the console makes them. */
export function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const at = (path: string) => `${process.env["ZENGXIN_CONSOLE"]}${path}`;

/** Less than the life of an access token. */
const LIFE_MS = 8 * 60_000;

/** Somebody who asks the service without a browser. */
export class Person {
  private constructor(private readonly token: string) {}

  /** Whoever has come in stays in for as long as a token lives: a login takes its time. */
  private static readonly known = new Map<string, Promise<Person>>();

  static of(institution: string, user: string): Promise<Person> {
    const who = `${institution}/${user}`;
    const known = Person.known.get(who) ?? Person.with(loginOf(institution, user));
    if (!Person.known.has(who)) {
      Person.known.set(who, known);
      setTimeout(() => Person.known.delete(who), LIFE_MS).unref();
    }
    return known;
  }

  static async with({ institution, user, password }: Login): Promise<Person> {
    const answer = await fetch(at("/v1/sessions"), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ institution_code: institution, user, password }) });
    if (!answer.ok) throw new Error(`${user} cannot log in: ${await answer.text()}`);
    return new Person(((await answer.json()) as { access_token: string }).access_token);
  }

  async ask<Answer = { id: string }>(method: string, path: string, body?: unknown, version?: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { "content-type": "application/json" }), ...(version ? { "if-match": version } : {}) };
    const answer = await fetch(at(path), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? {} : await answer.json()) as Answer;
  }

  /** Brings a file. */
  async bring(path: string, text: string): Promise<void> {
    const answer = await fetch(at(path), { method: "PUT", headers: { authorization: `Bearer ${this.token}`, "content-type": "text/csv" }, body: text });
    if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
  }

  /** The version that a change of what stands there names. */
  async version(path: string): Promise<string> {
    const answer = await fetch(at(path), { headers: { authorization: `Bearer ${this.token}` } });
    return answer.headers.get("etag") ?? "";
  }

  get = <Answer>(path: string) => this.ask<Answer>("GET", path);
  put = <Answer = { id: string }>(path: string, body?: unknown, version?: string) => this.ask<Answer>("PUT", path, body, version);
}

interface Named {
  id: string;
  name: string;
}

/** The people and papers of an institution of the demo world. */
export class Desk {
  private constructor(
    readonly officer: Person,
    readonly approver: Person,
    readonly today: string,
    readonly agreement: Named & { bank_id: string },
  ) {}

  static async at(institution: string): Promise<Desk> {
    const [officer, approver] = await Promise.all([Person.of(institution, "officer"), Person.of(institution, "approver")]);
    const { today } = await officer.get<{ today: string }>("/healthz");
    const agreements = await officer.get<{ items: (Named & { bank_id: string })[] }>(`/v1/agreements?on=${today}`);
    const [agreement] = agreements.items;
    if (!agreement) throw new Error(`${institution} has no agreement`);
    return new Desk(officer, approver, today, agreement);
  }

  /** An enterprise that has filed the figures of a small one, or nothing. */
  async client(name: string, size: "small" | "unknown" = "small"): Promise<Named> {
    const id = newId();
    await this.officer.put(`/v1/parties/${id}`, { name, kind: "enterprise", region_code: "330100", industry_code: "13" });
    if (size === "small") {
      const figures = { financial_year: 2025, industry_code: "13", employees: 5, revenue: "1000000.00", total_assets: "1000000.00", filed_on: this.today };
      await this.officer.put(`/v1/parties/${id}/size-inputs/${newId()}`, figures);
    }
    return { id, name };
  }

  /** A content for a year, at a fee of less than one per cent. */
  content(client: string, amount: string, more: object = {}): object {
    const fee = (BigInt(amount.replace(".", "")) * 9n) / 1000n;
    const year = Number(this.today.slice(0, 4));
    return {
      number: unique("保"), party_id: client, agreement_id: this.agreement.id, kind: "loan", bank_id: this.agreement.bank_id, principal: amount, loan_rate: "0.0435",
      credit_line: amount, operating_loan: true, existing_loan: "none", purpose: "working_capital", amount, fee: `${fee / 100n}.${String(fee % 100n).padStart(2, "0")}`,
      signed_on: this.today, start: this.today, end: `${year + 1}${this.today.slice(4).replace("02-29", "02-28")}`, ...more,
    };
  }

  async draft(client: string, amount: string, more: object = {}): Promise<{ id: string; number: string }> {
    return this.officer.put(`/v1/contracts/${newId()}`, this.content(client, amount, more));
  }

  async submitted(client: string, amount: string, more: object = {}): Promise<{ id: string; number: string }> {
    const contract = await this.draft(client, amount, more);
    await this.officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
    return contract;
  }

  /** A contract that was sent back, revised to half its amount, and submitted again. */
  async revised(client: string, amount: string): Promise<{ id: string; number: string }> {
    const contract = await this.submitted(client, amount);
    await this.approver.put(`/v1/contracts/${contract.id}/rejections/${newId()}`, { reason: "too much" });
    const half = `${BigInt(amount.replace(".", "")) / 200n}.00`;
    await this.officer.put(`/v1/contracts/${contract.id}`, this.content(client, half, { number: contract.number }), await this.officer.version(`/v1/contracts/${contract.id}`));
    await this.officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
    return contract;
  }

  async booked(client: string, amount: string, more: object = {}): Promise<{ id: string; number: string }> {
    const contract = await this.submitted(client, amount, more);
    await this.approver.put(`/v1/contracts/${contract.id}/approvals/${newId()}`, { content_version: 1 });
    return contract;
  }

  async inForce(client: string, amount: string, more: object = {}): Promise<{ id: string; number: string }> {
    const contract = await this.booked(client, amount, more);
    await this.officer.put(`/v1/contracts/${contract.id}/disbursements/${newId()}`, { effective_on: this.today });
    return contract;
  }
}
