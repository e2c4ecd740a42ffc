import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";

/** Where the product of `make up` answers, for `npm run dev`. */
const PRODUCT = process.env["PRODUCT"] ?? "http://localhost:8080";
const PASSED_ON = ["/api", "/ws", "/dev", "/embed", "/booking/page.css", "/booking/icon.svg"];

/** What both applications begin with comes in one file: each further one would be a further wait on a slow line. */
const SHARED =
  /node_modules[\\/](?:react|react-dom|scheduler|zustand|@tanstack[\\/][^\\/]+)[\\/]|vite[\\/]preload-helper|src[\\/]lib[\\/]newKey/;

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    manifest: true,
    target: "es2022",
    // Nothing is inline: the policy for browsers allows files of ours, and no data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["index.html", "booking.html"],
      output: { codeSplitting: { groups: [{ name: "shared", test: SHARED }] } },
    },
  },
  server: {
    host: "localhost",
    proxy: Object.fromEntries(
      PASSED_ON.map((path) => [
        path,
        // The services take requests that change something from their own pages only.
        { target: PRODUCT, ws: path === "/ws", headers: { Origin: PRODUCT } },
      ]),
    ),
  },
});
