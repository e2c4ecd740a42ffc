/** The clock and the words of the business that one is signed in to. */

import { useLocale } from "../i18n/locale";
import { useMe } from "../session/me";
import { formatsOf, type Formats } from "./format";
import { zoneOf, type Zone } from "./zone";

export function useBusinessZone(): Zone {
  return zoneOf(useMe().business.timezone);
}

export function useFormats(): Formats {
  return formatsOf(useMe().business.timezone, useLocale());
}
