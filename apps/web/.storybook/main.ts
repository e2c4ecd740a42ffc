/** Storybook: the stories beside the components, built by the application's own Vite. */

import type { StorybookConfig } from "@storybook/react-vite";
import { searchForWorkspaceRoot, type PluginOption } from "vite";

/** The styles of booking pages are in booking-public. */
const REPOSITORY = "../..";

const config: StorybookConfig = {
  stories: ["../src/**/*.stories.tsx"],
  addons: ["@storybook/addon-a11y", "@storybook/addon-vitest"],
  framework: "@storybook/react-vite",
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: false },
  viteFinal: (vite) => ({
    ...vite,
    plugins: vite.plugins?.filter((plugin) => !isNamed(plugin, "compressed")) ?? [],
    // Our own build has two documents to begin with, and Storybook's has one of its own.
    build: { ...vite.build, manifest: false, rolldownOptions: {} },
    server: { ...vite.server, fs: { allow: [searchForWorkspaceRoot(process.cwd()), REPOSITORY] } },
  }),
};

function isNamed(plugin: PluginOption, name: string): boolean {
  return typeof plugin === "object" && plugin !== null && "name" in plugin && plugin.name === name;
}

export default config;
