/** The few pictures of the wizard, drawn as lines. They say nothing that words beside them do not. */

const PATHS = {
  back: "M15 5l-7 7 7 7",
  check: "M4 12.5l5.5 5.5L20 6.5",
  clock: "M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg className={`icon ${name}`} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
