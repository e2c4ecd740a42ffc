import { catalogues } from "../../lib/i18n/words";

export const chartWords = catalogues({
  en: { asTable: "As a table" },
  ar: { asTable: "كجدول" },
});
