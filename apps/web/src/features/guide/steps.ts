/** The steps of the guide, and where somebody goes on who comes back. */

export const STEPS = ["hours", "staff", "services", "link"] as const;
export type Step = (typeof STEPS)[number];

export interface SetUp {
  readonly hasStaff: boolean;
  readonly hasServices: boolean;
  readonly hasPage: boolean;
}

/** The first step that is not done, by what there is; undefined when everything is. */
export function nextStep({ hasStaff, hasServices, hasPage }: SetUp): Step | undefined {
  if (!hasStaff) return "hours";
  if (!hasServices) return "services";
  return hasPage ? undefined : "link";
}

export function stepOf(asked: string | null): Step | undefined {
  return STEPS.find((step) => step === asked);
}

export function after(step: Step): Step | undefined {
  return STEPS[STEPS.indexOf(step) + 1];
}

export function before(step: Step): Step | undefined {
  return STEPS[STEPS.indexOf(step) - 1];
}
