import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: "plain", include: ["src/**/*.test.ts"], environment: "node" } },
      { extends: true, test: { name: "dom", include: ["src/**/*.test.tsx"], environment: "jsdom" } },
    ],
  },
});
