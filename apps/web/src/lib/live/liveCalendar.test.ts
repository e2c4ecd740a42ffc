import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveCalendar, type State } from "./liveCalendar";
import type { Message } from "./messages";
import { PATIENCE } from "./patience";
import { Business, RANGE, type Fault } from "./testing/business";

let business: Business;
let calendar: LiveCalendar;
let told: Message[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  business = new Business();
  await business.isReady();
  told = [];
  calendar = new LiveCalendar(RANGE, business, { changed: () => undefined, told: (message) => told.push(message) });
});

afterEach(async () => {
  calendar.end();
  await business.end();
  vi.useRealTimers();
});

/** Lets what is on its way arrive, in real time, while the clock of the timers stands still. */
async function until(fits: () => boolean): Promise<void> {
  for (let turns = 0; !fits(); turns += 1) {
    if (turns > 20_000) throw new Error(`never so: ${fits.toString()}`);
    await new Promise(setImmediate);
  }
}

/** Lets time pass until it is so, slowly enough for what is on its way. */
async function inTime(fits: () => boolean): Promise<void> {
  for (let turns = 0; !fits(); turns += 1) {
    if (turns > 20_000) throw new Error(`never so: ${fits.toString()}`);
    if (turns % 20 === 19) await vi.advanceTimersByTimeAsync(100);
    await new Promise(setImmediate);
  }
}

async function becomes(state: State): Promise<void> {
  await until(() => calendar.state === state);
}

async function isAsRead(): Promise<void> {
  await until(() => JSON.stringify(calendar.appointments) === JSON.stringify(business.shown()));
}

test("a calendar is read once, and then kept by what is told", async () => {
  business.put("a", 9);
  calendar.begin();
  await becomes("live");
  business.put("b", 8);
  business.put("a", 12);
  business.put("c", 10);
  business.put("c", 10, { status: "CANCELLED" });
  business.put("d", 30);
  await until(() => told.length === 5);
  expect(calendar.appointments.map(({ id }) => id)).toEqual(["b", "a"]);
  business.delete("b");
  await isAsRead();
  expect(business.reads).toBe(1);
});

test("what is told twice or late changes nothing again, and what is missed is read", async () => {
  calendar.begin();
  await becomes("live");
  business.put("a", 9, { fault: "twice" });
  await until(() => told.length === 1);
  expect(business.reads).toBe(1);
  business.put("a", 10, { fault: "drop" });
  business.put("b", 11);
  await isAsRead();
  expect([business.reads, told.length]).toEqual([2, 2]);
});

test("without a socket the range is polled, the socket tried with rising patience, and everything read when it is back", async () => {
  calendar.begin();
  await becomes("live");
  business.isSilent = true;
  business.cut();
  await becomes("polling");
  await until(() => business.reads === 2);
  business.put("a", 9);
  await vi.advanceTimersByTimeAsync(PATIENCE.poll);
  await isAsRead();
  expect(business.reads).toBeGreaterThan(2);
  business.isSilent = false;
  await inTime(() => calendar.state === "live");
  const whenBack = business.reads;
  await vi.advanceTimersByTimeAsync(PATIENCE.longest * 10);
  expect(business.reads).toBe(whenBack);
});

test("a socket that is tried in vain asks for nothing: it is polled as seldom as ever", async () => {
  business.refuses = 1013;
  calendar.begin();
  await inTime(() => business.connections > 4);
  expect([calendar.state, business.reads]).toEqual(["polling", 1]);
  await vi.advanceTimersByTimeAsync(PATIENCE.poll);
  expect(business.reads).toBe(2);
});

test("a socket that does not greet is given up and tried again", async () => {
  business.isSilent = true;
  calendar.begin();
  await until(() => business.connections === 1);
  expect(calendar.state).toBe("connecting");
  await vi.advanceTimersByTimeAsync(PATIENCE.hello);
  expect(calendar.state).toBe("polling");
  business.isSilent = false;
  await vi.advanceTimersByTimeAsync(PATIENCE.first);
  await becomes("live");
});

test("when reading fails it is tried again, and the calendar is offline until it is answered", async () => {
  business.isReadable = false;
  calendar.begin();
  await becomes("offline");
  business.isReadable = true;
  await vi.advanceTimersByTimeAsync(PATIENCE.first);
  await becomes("live");
});

test("while nobody answers it stays offline, whatever becomes of sockets", async () => {
  calendar.begin();
  await becomes("live");
  [business.isReadable, business.isSilent] = [false, true];
  business.cut();
  await becomes("offline");
  await inTime(() => business.connections > 2);
  expect(calendar.state).toBe("offline");
});

test("after a change of the network the socket is another, and everything is read", async () => {
  calendar.begin();
  await becomes("live");
  business.put("a", 9, { fault: "drop" });
  calendar.reconnect();
  await until(() => business.connections === 2);
  await becomes("live");
  await isAsRead();
});

test.each([4403, 4409])("after %i nothing is shown, asked or tried any more", async (code) => {
  business.put("a", 9);
  calendar.begin();
  await becomes("live");
  business.cut(code);
  await becomes("refused");
  await vi.advanceTimersByTimeAsync(PATIENCE.longest * 10);
  calendar.refresh();
  expect([calendar.appointments.length, business.reads, business.connections]).toEqual([0, 1, 1]);
});

test.each([4401, 4408])("after %i it is tried again at once that somebody wants it", async (code) => {
  calendar.begin();
  await becomes("live");
  business.cut(code);
  await becomes("polling");
  calendar.refresh();
  await becomes("live");
  expect(business.connections).toBe(2);
});

const FAULTS = fc.constantFrom<Fault>("none", "none", "none", "drop", "twice", "late");
const ID = fc.constantFrom("a", "b", "c");
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(ID, fc.integer({ min: -2, max: 25 }), fc.boolean(), FAULTS)
      .map(([id, hour, isOff, fault]) => () => {
        business.put(id, hour, { status: isOff ? "CANCELLED" : "CONFIRMED", fault });
      }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(ID, FAULTS).map(([id, fault]) => () => {
      business.delete(id, fault);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant(() => {
      business.cut();
    }),
  },
  { weight: 2, arbitrary: fc.constant(() => new Promise(setImmediate)) },
);

test("whatever happens and whatever is lost, what is kept is what would be read", async () => {
  calendar.begin();
  const history = async (steps: (() => unknown)[]) => {
    await inTime(() => calendar.state === "live"); // before that there is nothing to cut
    for (const step of steps) await step();
    business.cut();
    await becomes("polling");
    await inTime(() => calendar.state === "live");
    for (const step of steps) await step();
    await inTime(() => calendar.state === "live");
    business.put("last", 12); // what is lost shows by what comes after it
    await inTime(() => JSON.stringify(calendar.appointments) === JSON.stringify(business.shown()));
  };
  await fc.assert(fc.asyncProperty(fc.array(STEP, { maxLength: 12 }), history), { numRuns: 25 });
});
