/** Around every story: the styles of its application, its language, and axe, of which a finding fails it. */

import type { Decorator, Preview } from "@storybook/react-vite";
import page from "../../../services/booking-public/src/booking_public/schemas/documents/templates/page.css?inline";
import booking from "../src/booking/booking.css?inline";
import around from "../src/booking/layout/layout.css?inline";
import steps from "../src/booking/steps/steps.css?inline";
import { showLocale, useSpoken } from "../src/lib/i18n/locale";
import owner from "../src/styles/base.css?inline";

/** Of one application at a time: both style whole documents. */
const STYLES = { booking: page + booking + steps + around, owner } as const;

/** The same as in tests/e2e/web/axe.py. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const styled: Decorator = (Story, { parameters, globals }) => {
  const locale = globals["locale"] === "ar" ? "ar" : "en";
  useSpoken.setState({ locale });
  showLocale(locale);
  return (
    <>
      <style>{STYLES[parameters["app"] as keyof typeof STYLES]}</style>
      <Story />
    </>
  );
};

const preview: Preview = {
  decorators: [styled],
  globalTypes: { locale: { toolbar: { title: "Language", items: ["en", "ar"] } } },
  initialGlobals: { locale: "en" },
  parameters: {
    layout: "fullscreen",
    a11y: { test: "error", options: { runOnly: RULES } },
    controls: { disable: true },
  },
};

export default preview;
