import { expect, test } from "vitest";
import { Refused, Unreachable } from "../api/request";
import type { Booked, Order } from "../api/types";
import { Attempts } from "./attempts";

const AT_ONCE = [0, 0];
const order = (name: string, captchaToken = "one") => ({ customer: { name }, captchaToken }) as unknown as Order;
const refused = (code: string, status = 409) => new Refused({ code, status, detail: "" });

/** A server that books once for each key, and answers as it is told. */
function server(...answers: readonly (Error | "booked" | "lost")[]) {
  const booked = new Map<string, string>();
  const keys: string[] = [];
  let at = 0;
  const send = (sent: Order, key: string): Promise<Booked> => {
    keys.push(key);
    const answer = answers[at] ?? "booked";
    at += 1;
    if (answer instanceof Error) return Promise.reject(answer);
    booked.set(key, booked.get(key) ?? sent.customer.name);
    if (answer === "lost") return Promise.reject(new Unreachable("lost"));
    return Promise.resolve({ manageToken: booked.get(key) } as unknown as Booked);
  };
  return { send, booked, keys };
}

test("what may have arrived is sent again under the same key", async () => {
  const { send, booked, keys } = server("lost", refused("ServiceUnavailable", 503), "booked");
  await expect(new Attempts(send, AT_ONCE).book(order("Sara"))).resolves.toEqual({ manageToken: "Sara" });
  expect(new Set(keys).size).toBe(1);
  expect([...booked.values()]).toEqual(["Sara"]);
});

test("pressed again after the connection was lost, it is still one booking", async () => {
  const { send, booked } = server("lost", "lost", "lost", "booked");
  const attempts = new Attempts(send, AT_ONCE);
  await expect(attempts.book(order("Sara"))).rejects.toBeInstanceOf(Unreachable);
  await expect(attempts.book(order("Sara", "another"))).resolves.toEqual({ manageToken: "Sara" });
  expect(booked.size).toBe(1);
});

test("whoever changes the form before the first answer came gets what was booked first", async () => {
  const { send, booked } = server("lost", "lost", "lost");
  const attempts = new Attempts(send, AT_ONCE);
  await expect(attempts.book(order("Sara"))).rejects.toBeInstanceOf(Unreachable);
  await expect(attempts.book(order("Noor"))).resolves.toEqual({ manageToken: "Sara" });
  expect(booked.size).toBe(1);
});

test("what was refused for good is another attempt when it is sent again", async () => {
  const { send, keys } = server(refused("SlotTaken"), "booked");
  const attempts = new Attempts(send, AT_ONCE);
  await expect(attempts.book(order("Sara"))).rejects.toBeInstanceOf(Refused);
  await attempts.book(order("Sara"));
  expect(new Set(keys).size).toBe(2);
});

test("when the first one was refused after all, the changed one is sent", async () => {
  const { send, booked } = server(new Unreachable(""), new Unreachable(""), new Unreachable(""), refused("SlotTaken"));
  const attempts = new Attempts(send, AT_ONCE);
  await expect(attempts.book(order("Sara"))).rejects.toBeInstanceOf(Unreachable);
  await expect(attempts.book(order("Noor"))).resolves.toEqual({ manageToken: "Noor" });
  expect([...booked.values()]).toEqual(["Noor"]);
});
