/** The time zones and currencies that a business may have, as this browser knows them. */

export interface Place {
  readonly value: string;
  readonly label: string;
}

export const TIMEZONES: readonly Place[] = Intl.supportedValuesOf("timeZone").map((zone) => ({
  value: zone,
  label: zone.replaceAll("_", " "),
}));

export const CURRENCIES: readonly Place[] = Intl.supportedValuesOf("currency").map((code) => ({
  value: code,
  label: code,
}));

/** Where this browser is; Dubai where it does not say so. */
export function ownTimezone(): string {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return TIMEZONES.some(({ value }) => value === here) ? here : "Asia/Dubai";
}

/** With the one that is chosen already: another browser may have known it. */
export function withChoice(places: readonly Place[], chosen: string): readonly Place[] {
  const isKnown = places.some(({ value }) => value === chosen);
  return isKnown ? places : [{ value: chosen, label: chosen }, ...places];
}
