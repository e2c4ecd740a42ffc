import { catalogues } from "../../../lib/i18n/words";

export const printWords = catalogues({
  en: {
    time: "Time",
    customer: "Customer",
    service: "Service",
    staff: "With",
    notes: "Notes",
    nothing: "Nothing is booked.",
  },
  ar: {
    time: "الوقت",
    customer: "العميل",
    service: "الخدمة",
    staff: "مع",
    notes: "ملاحظات",
    nothing: "لا توجد حجوزات.",
  },
});
