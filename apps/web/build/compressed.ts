/** Files beside those of a build, compressed as far as it goes: nginx sends them as they are. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(?:js|css|svg|json|map)$/;
const SMALLEST = 1024; // bytes: below it a compressed file saves nothing

export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder).filter((each) => COMPRESSIBLE.test(each))) {
        const file = readFileSync(join(folder, name));
        if (file.length >= SMALLEST) writeFileSync(join(folder, `${name}.gz`), gzipSync(file, { level: 9 }));
      }
    },
  };
}
