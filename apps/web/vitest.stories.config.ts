/** Every story as a test in a browser: of CHROMIUM, where it is set (`make` does), else of Playwright's own. */

import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const FLAGS = [
  "--no-sandbox", // tests may run as root
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const chromium = process.env["CHROMIUM"];

export default defineConfig({
  plugins: [react(), storybookTest({ configDir: ".storybook" })],
  test: {
    name: "stories",
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { args: FLAGS, ...(chromium ? { executablePath: chromium } : {}) },
        contextOptions: { locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});
