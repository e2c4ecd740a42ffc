import { catalogues } from "../../lib/i18n/words";

export const statusWords = catalogues({
  en: {
    PENDING: "Pending",
    CONFIRMED: "Confirmed",
    CANCELLED: "Cancelled",
    COMPLETED: "Completed",
    NO_SHOW: "No-show",
  },
  ar: {
    PENDING: "قيد الانتظار",
    CONFIRMED: "مؤكَّد",
    CANCELLED: "ملغى",
    COMPLETED: "مكتمل",
    NO_SHOW: "لم يحضر",
  },
});
