/** The wizard where there is little, much, or nothing to choose. */

import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect } from "storybook/test";
import { ar } from "./i18n/ar";
import { arrive, BookingScene, type SceneProps } from "./testing/BookingScene";
import { ALL_DAY, AMIRA, CHLOE, member, page, service, twoWeeks } from "./testing/studio";

const BOTH = [AMIRA, CHLOE];
const SERVICES = [service("pilates", "Pilates", BOTH), service("massage", "Massage", [CHLOE])];
const ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

const meta: Meta<SceneProps> = {
  title: "Booking/Wizard",
  parameters: { app: "booking" },
  args: { page: page(), services: SERVICES, slots: (today) => twoWeeks(today, { 0: ALL_DAY, 1: ALL_DAY, 3: ALL_DAY }) },
  beforeEach: ({ args }) => arrive(args),
  render: (args, { globals }) => <BookingScene {...args} locale={String(globals["locale"])} />,
};

export default meta;

type Story = StoryObj<typeof meta>;

export const Services: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("button", { name: /Pilates/ })).toBeVisible();
    await expect(canvas.getByRole("heading", { name: "Choose a service" })).toBeVisible();
  },
};

export const OneService: Story = {
  args: { services: SERVICES.slice(0, 1) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("heading", { name: "Choose who it is with" })).toBeVisible();
    await expect(canvas.getByText("Step 1 of 3")).toBeVisible();
    await expect(canvas.queryByRole("button", { name: "Back" })).toBeNull();
  },
};

export const OneStaffMember: Story = {
  args: { choices: { serviceId: "massage" } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("heading", { name: "Choose a time" })).toBeVisible();
    await expect(canvas.getByText("Step 2 of 3")).toBeVisible();
    await expect(canvas.getAllByText("With Chloé Martin")[0]).toBeInTheDocument();
  },
};

export const OneServiceAndOneStaffMember: Story = {
  args: { services: SERVICES.slice(1) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("heading", { name: "Choose a time" })).toBeVisible();
    await expect(canvas.getByText("Step 1 of 2")).toBeVisible();
  },
};

export const NothingToBook: Story = {
  args: { services: [] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("There is nothing to book here at the moment.")).toBeVisible();
  },
};

/** Nothing may be wider than the page. */
export const LongNames: Story = {
  args: {
    page: page({ businessName: ENDLESS, title: ENDLESS }),
    services: [
      service("long", `${ENDLESS} ${ENDLESS}`, [member("long", ENDLESS, { title: ENDLESS }), CHLOE], {
        description: ENDLESS,
        category: ENDLESS,
      }),
      ...SERVICES,
    ],
  },
  globals: { viewport: { value: "mobile1" } },
  play: async ({ canvas }) => {
    const card = await canvas.findAllByRole("button", { name: new RegExp(ENDLESS) });
    await expect(card[0]).toBeVisible();
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
  },
};

export const LongNamesOfStaff: Story = {
  ...LongNames,
  args: { ...LongNames.args, choices: { serviceId: "long" } },
};

export const Arabic: Story = {
  args: { page: page({ locale: "ar" }), choices: { serviceId: "pilates" } },
  globals: { locale: "ar" },
  play: async ({ canvas }) => {
    const [anyone, first] = await canvas.findAllByRole("listitem");
    if (!anyone || !first) throw new Error("there is nobody to choose");
    await expect(canvas.getByRole("heading", { name: ar.chooseStaff })).toBeVisible();
    await expect(anyone.getBoundingClientRect().left).toBeGreaterThan(first.getBoundingClientRect().left);
  },
};
