// What a register is described by: its list, one row of it and the form for a new one follow from that.
import type { ReactNode } from "react";
import type { Versioned } from "../api/client";
import type { Action, Profile } from "../session/useSession";
import type { Choice, Field } from "../shape/form/field";
import type { Asked, Column, Filter } from "../shape/Listing";
import type { Text } from "../text";

/** What registers need to know of the rest. */
export interface Around {
  t: (zh: string | Text, en?: string) => string;
  today: string;
  me: Profile;
  /** The name of an institution by its id. */
  institution: (id: string | null | undefined) => string;
  bank: (id: string | null | undefined) => string;
  banks: Choice[];
  /** The products in force, by their ids. */
  products: Choice[];
  /** The institutions with which the reader's stands in a relation today: those above or below. */
  above: (relation: string, kind?: string) => Choice[];
  below: (relation: string) => Choice[];
}

type Page<Row> = Promise<{ items: Row[]; next?: string | null }>;

export interface Register<In, Row extends { id: string }> {
  /** The address, and the path of the interface. */
  name: string;
  title: Text;
  lead: Text;
  /** What one row is called. */
  each: Text;
  read: Action;
  state: Action;
  /** Whether rows can be stated by institutions of the reader's kind; said why not. */
  barred?: (around: Around) => string | null;
  /** Whether this row is the reader's to change; said why not. */
  othersRow?: (row: Row, around: Around) => string | null;
  nameOf: (row: Row, around: Around) => string;
  columns: (around: Around) => Column<Row>[];
  filters?: (around: Around) => Filter[];
  facts: (row: Row, around: Around) => [Text, ReactNode][];
  fields: (around: Around) => Field[];
  initial: (around: Around) => object;
  list: (asked: Asked, signal: AbortSignal | undefined) => Page<Row>;
  get: (id: string, signal: AbortSignal | undefined) => Promise<Versioned<Row>>;
  put: (body: In, id: string) => Promise<Row>;
  /** Ends a dated row. */
  end?: (id: string, version: string, body: { until?: string | null }) => Promise<Row>;
  /** Replaces a row that may change. */
  change?: (id: string, version: string, body: In) => Promise<Row>;
  /** A new row that takes the place of this one, begun with its figures. */
  corrects?: { word: Text; initial: (row: Row) => object };
  /** What stands below the facts. */
  More?: (props: { row: Row }) => ReactNode;
}

export type AnyRegister = Register<never, { id: string }>;
