import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("src/features", import.meta.url));

/** What a folder may not import: what is above it, and features each other. */
function forbidden(folder, above) {
  const patterns = above.map((each) => ({
    regex: `^(\\.\\./)+(features/)?${each}(/|$)`,
    message: `${folder} stands below ${each}`,
  }));
  return { files: [`src/${folder}/**`], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

export default tseslint.config(
  { ignores: ["src/lib/api/schema.d.ts"] },
  tseslint.configs.strictTypeChecked,
  hooks.configs.flat.recommended,
  a11y.flatConfigs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ["error", 8],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 50, IIFEs: false }],
      // Safari takes a list without bullets for none, unless it is said.
      "jsx-a11y/no-redundant-roles": ["error", { ul: ["list"], ol: ["list"] }],
      // Numbers read well in a template.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An async handler of an event is fine: a request that fails is shown by its query or mutation.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  // A component is mostly what it shows.
  { files: ["src/**/*.tsx"], rules: { "max-lines-per-function": ["error", { max: 80 }] } },
  forbidden("lib", ["components", "features", "owner", "booking"]),
  forbidden("components", ["features", "owner", "booking"]),
  forbidden("booking", ["features", "owner"]),
  ...features.map((one) =>
    forbidden(`features/${one}`, ["owner", "booking", ...features.filter((other) => other !== one)]),
  ),
);
