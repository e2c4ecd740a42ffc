import { expect, it } from "vitest";
import { fitting, type Command } from "./commands";

const command = (id: string, group: Command["group"], text: string): Command => ({
  id,
  group,
  text,
  run: () => undefined,
});
const ALL = [
  command("c", "screens", "Open Customers"),
  command("n", "calendar", "New appointment"),
  command("o", "customers", "Omar Haddad"),
  command("s", "staff", "Hide Omar in the calendar"),
];
const ids = (written: string) => fitting(ALL, written, "en").map(({ id }) => id);

it("finds by the beginnings of words, in any order, and leaves what was searched for elsewhere", () => {
  expect(ids("")).toEqual(["o", "n", "s", "c"]);
  expect(ids("omar hi")).toEqual(["o", "s"]);
  expect(ids("CUST")).toEqual(["o", "c"]);
  expect(ids("ustomers")).toEqual(["o"]);
});
