/** The calendar's grid on days that are not like others. */

import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect } from "storybook/test";
import { CalendarScene, type SceneProps } from "./testing/CalendarScene";
import { AMIRA, appointment, CHLOE, member, open } from "./testing/salon";

const DAY = "2026-06-15";
const BOTH = [AMIRA, CHLOE];
const ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const WORKING = open(BOTH, `${DAY}T08:00:00Z`, `${DAY}T18:00:00Z`);
const withChloe = { staffId: CHLOE.id, staffName: CHLOE.name };

const meta: Meta<SceneProps> = {
  title: "Owner/Calendar",
  parameters: { app: "owner" },
  args: { view: "day", zone: "UTC", day: DAY, staff: BOTH, appointments: [], open: WORKING },
  render: (args) => <CalendarScene {...args} />,
};

export default meta;

type Story = StoryObj<typeof meta>;

export const Day: Story = {
  args: {
    appointments: [
      appointment("1", "Omar", `${DAY}T09:00:00Z`, `${DAY}T10:00:00Z`, { bufferAfterMinutes: 15 }),
      appointment("2", "Lena", `${DAY}T09:30:00Z`, `${DAY}T10:30:00Z`, { ...withChloe, status: "PENDING" }),
      appointment("3", "Noor", `${DAY}T11:00:00Z`, `${DAY}T11:15:00Z`, { ...withChloe, status: "COMPLETED" }),
    ],
  },
  play: async ({ canvasElement }) => {
    await expect(rowOf(canvasElement, "1")).toBe("09:00");
    await expect(placeOf(canvasElement, "2").left).toBeGreaterThan(placeOf(canvasElement, "1").right);
  },
};

export const NoAppointments: Story = {
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelectorAll(".rbc-event")).toHaveLength(0);
    await expect(canvasElement.querySelectorAll(".is-closed").length).toBeGreaterThan(0);
  },
};

export const NoAppointmentsInTheAgenda: Story = {
  args: { view: "agenda" },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("heading", { name: "Nothing is booked here" })).toBeVisible();
  },
};

/** From two to three there is no time in Berlin: what begins at half past one and lasts an hour ends at half past three. */
export const ClocksSetForward: Story = {
  args: {
    zone: "Europe/Berlin",
    day: "2026-03-29",
    open: open(BOTH, "2026-03-29T00:00:00Z", "2026-03-29T16:00:00Z"),
    appointments: [
      appointment("over", "Omar", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
      appointment("after", "Lena", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", withChloe),
      appointment("day", "Noor", "2026-03-29T10:00:00Z", "2026-03-29T11:00:00Z", withChloe),
    ],
  },
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelector('[data-entry="over"]')).toHaveTextContent("01:30 CET – 03:30 CEST");
    await expect(rowOf(canvasElement, "after")).toBe("03:00");
    await expect(rowOf(canvasElement, "day")).toBe("12:00");
  },
};

/** Half past two is twice: both are shown there, beside each other. */
export const ClocksSetBack: Story = {
  args: {
    zone: "Europe/Berlin",
    day: "2026-10-25",
    open: open(BOTH, "2026-10-25T00:00:00Z", "2026-10-25T17:00:00Z"),
    appointments: [
      appointment("first", "Omar", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
      appointment("second", "Lena", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
      appointment("day", "Noor", "2026-10-25T11:00:00Z", "2026-10-25T12:00:00Z"),
    ],
  },
  play: async ({ canvasElement }) => {
    await expect(rowOf(canvasElement, "first")).toBe("02:00");
    await expect(rowOf(canvasElement, "second")).toBe("02:00");
    await expect(rowOf(canvasElement, "day")).toBe("12:00");
    await areApart(canvasElement, ["first", "second"]);
  },
};

/** What is at the same time in one column stands beside each other, and in its column. */
export const Overlapping: Story = {
  args: {
    appointments: [
      appointment("1", "Omar", `${DAY}T09:00:00Z`, `${DAY}T11:00:00Z`),
      appointment("2", "Lena", `${DAY}T09:30:00Z`, `${DAY}T10:30:00Z`),
      appointment("3", "Noor", `${DAY}T09:45:00Z`, `${DAY}T12:00:00Z`),
      appointment("4", "Sara", `${DAY}T11:00:00Z`, `${DAY}T12:00:00Z`),
      appointment("5", "Ben", `${DAY}T09:00:00Z`, `${DAY}T12:00:00Z`, withChloe),
    ],
  },
  play: async ({ canvasElement }) => {
    await areApart(canvasElement, ["1", "2", "3", "4", "5"]);
    await expect(canvasElement.querySelectorAll(`[data-column="${AMIRA.id}"] .rbc-event`)).toHaveLength(4);
  },
};

export const LongNames: Story = {
  args: {
    staff: [member(AMIRA.id, ENDLESS), member(CHLOE.id, `${ENDLESS} ${ENDLESS}`)],
    appointments: [
      appointment("1", ENDLESS, `${DAY}T09:00:00Z`, `${DAY}T09:15:00Z`, { serviceName: ENDLESS }),
      appointment("2", ENDLESS, `${DAY}T10:00:00Z`, `${DAY}T11:00:00Z`, { serviceName: ENDLESS }),
      appointment("3", `${ENDLESS} ${ENDLESS}`, `${DAY}T10:00:00Z`, `${DAY}T11:00:00Z`, withChloe),
    ],
  },
  play: async ({ canvasElement }) => {
    for (const entry of canvasElement.querySelectorAll("[data-entry]")) {
      const column = entry.closest("[data-column]")?.getBoundingClientRect();
      const title = entry.querySelector(".entry__title")?.getBoundingClientRect();
      await expect(title?.right).toBeLessThanOrEqual(column?.right ?? 0);
    }
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
  },
};

export const Arabic: Story = {
  ...Day,
  globals: { locale: "ar" },
  play: async ({ canvasElement }) => {
    const [first, second] = [placeOf(canvasElement, "1"), placeOf(canvasElement, "2")];
    await expect(first.left).toBeGreaterThan(second.right);
    const gutter = canvasElement.querySelector(".rbc-time-gutter")?.getBoundingClientRect();
    await expect(gutter?.left).toBeGreaterThanOrEqual(first.right);
  },
};

export const Week: Story = {
  args: { ...Day.args, view: "week" },
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelectorAll(".rbc-event")).toHaveLength(3);
  },
};

export const MonthInArabic: Story = {
  args: { ...Day.args, view: "month" },
  globals: { locale: "ar" },
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelectorAll(".rbc-event").length).toBeGreaterThan(0);
  },
};

function placeOf(canvas: HTMLElement, id: string): DOMRect {
  const entry = canvas.querySelector(`[data-entry="${id}"]`)?.closest(".rbc-event");
  if (!entry) throw new Error(`${id} is not shown`);
  return entry.getBoundingClientRect();
}

/** What the clock at the side says where an appointment begins. */
function rowOf(canvas: HTMLElement, id: string): string | undefined {
  const { top } = placeOf(canvas, id);
  const labels = [...canvas.querySelectorAll<HTMLElement>(".rbc-time-gutter .rbc-timeslot-group")];
  const near = (label: HTMLElement) => Math.abs(label.getBoundingClientRect().top - top);
  return labels
    .sort((one, other) => near(one) - near(other))[0]
    ?.innerText.trim()
    .padStart(5, "0");
}

async function areApart(canvas: HTMLElement, ids: readonly string[]): Promise<void> {
  const places = ids.map((id) => placeOf(canvas, id));
  for (const [at, one] of places.entries()) {
    for (const other of places.slice(at + 1)) {
      const meet =
        one.left < other.right - 1 &&
        other.left < one.right - 1 &&
        one.top < other.bottom - 1 &&
        other.top < one.bottom - 1;
      await expect(meet).toBe(false);
    }
  }
}
