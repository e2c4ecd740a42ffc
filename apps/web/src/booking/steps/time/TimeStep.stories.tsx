/** The grid of free times. */

import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, userEvent, waitFor } from "storybook/test";
import { ar } from "../../i18n/ar";
import { arrive, BookingScene, type SceneProps } from "../../testing/BookingScene";
import { ALL_DAY, CHLOE, page, service, twoWeeks } from "../../testing/studio";
import { cityOf, ownZone } from "../../time/zones";

/** Where it is another time than anywhere else, and mostly another day. */
const FAR = "Pacific/Kiritimati";
const MASSAGE = service("massage", "Massage", [CHLOE]);

const meta: Meta<SceneProps> = {
  title: "Booking/Times",
  parameters: { app: "booking" },
  args: { page: page(), services: [MASSAGE], slots: (today) => twoWeeks(today, { 0: ALL_DAY, 1: ALL_DAY, 4: [600] }) },
  beforeEach: ({ args }) => arrive(args),
  render: (args, { globals }) => <BookingScene {...args} locale={String(globals["locale"])} />,
};

export default meta;

type Story = StoryObj<typeof meta>;

export const Free: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findAllByRole("heading", { level: 3 })).toHaveLength(3);
    await expect(canvasElement.querySelectorAll(".time")).toHaveLength(31);
    await expect(canvasElement.querySelectorAll(".nothing")).toHaveLength(2);
    await userEvent.click(canvas.getByText("Afternoon"));
    await waitFor(() => expect(canvasElement.querySelectorAll(".time")).toHaveLength(18));
  },
};

export const NoAvailability: Story = {
  args: { slots: (today) => twoWeeks(today, {}) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("There are no free times to book online right now.")).toBeVisible();
    await userEvent.click(canvas.getByRole("button", { name: "Join the waiting list" }));
    await expect(await canvas.findByLabelText("Your name")).toBeVisible();
  },
};

/** The first day is full: what is free next is one press away. */
export const FullDay: Story = {
  args: { slots: (today) => twoWeeks(today, { 1: ALL_DAY }) },
  play: async ({ canvas, canvasElement }) => {
    const next = await canvas.findByRole("button", { name: /^Next available:/ });
    await expect(next).toHaveTextContent(/9:00 AM$/);
    await expect(canvasElement.querySelector(".nothing")).toHaveTextContent(/^No times on /);
  },
};

export const FewPlacesLeft: Story = {
  args: {
    services: [service("yoga", "Yoga", [CHLOE], { capacity: 8 })],
    slots: (today) => {
      const free = twoWeeks(today, { 0: [540, 600], 1: [540] });
      return {
        ...free,
        days: free.days.map((day) => ({
          ...day,
          slots: day.slots.map((slot, at) => ({ ...slot, seatsLeft: at + 1 })),
        })),
      };
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findAllByText("1 place left")).toHaveLength(2);
    await expect(canvas.getByText("2 places left")).toBeVisible();
  },
};

/** Whoever lives elsewhere sees both times, with the day of the week where that is another one. */
export const OtherTimeZone: Story = {
  args: { page: page({ timezone: FAR }), slots: (today) => twoWeeks(today, { 1: [480, 540] }, FAR) },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText(/Times in Kiritimati/)).toBeVisible();
    await expect(canvas.getByRole("button", { name: `Show times in ${cityOf(ownZone())}` })).toBeVisible();
    const [first] = canvasElement.querySelectorAll(".time");
    await expect(first).toHaveTextContent(/^0?8:00.*[A-Z][a-z]{2} /);
  },
};

export const Arabic: Story = {
  args: { page: page({ locale: "ar" }) },
  globals: { locale: "ar" },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole("heading", { name: ar.chooseTime })).toBeVisible();
    const [first, second] = canvasElement.querySelectorAll(".time");
    if (!first || !second) throw new Error("there are no times");
    await expect(first.getBoundingClientRect().left).toBeGreaterThan(second.getBoundingClientRect().left);
  },
};

export const NoAvailabilityInArabic: Story = {
  args: { page: page({ locale: "ar" }), slots: (today) => twoWeeks(today, {}) },
  globals: { locale: "ar" },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(ar.noTimes)).toBeVisible();
  },
};
