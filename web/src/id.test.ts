// Ids made here are ids there.
import { expect, it } from "vitest";
import { newId } from "./id";

it("is a UUID of version 7 that begins with its moment", () => {
  // 2022-02-22T19:22:22Z, the example of RFC 9562.
  expect(newId(1645557742000)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it("is made once", () => {
  expect(newId(0)).not.toBe(newId(0));
});
