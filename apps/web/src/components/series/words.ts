import { catalogues } from "../../lib/i18n/words";

export const scopeWords = catalogues({
  en: {
    whichOnes: "Which ones?",
    this: "Only this one",
    following: "This one and those that follow",
    all: "All that are to come",
  },
  ar: {
    whichOnes: "أيّ المواعيد؟",
    this: "هذا الموعد فقط",
    following: "هذا الموعد وما بعده",
    all: "كل المواعيد القادمة",
  },
});
