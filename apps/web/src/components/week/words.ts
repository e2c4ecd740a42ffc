import { catalogues } from "../../lib/i18n/words";

export const weekWords = catalogues({
  en: {
    picture: "The week",
    closed: "Closed",
    from: (day: string) => `${day}, from`,
    to: (day: string) => `${day}, until`,
    works: (day: string) => `${day} is a working day`,
    add: (day: string) => `Add hours on ${day}`,
    remove: (day: string, range: string) => `Remove ${range} on ${day}`,
    copy: (day: string) => `Copy ${day} to all working days`,
    order: "It has to end after it starts.",
    overlap: "It overlaps the hours above.",
    dayHours: (day: string, ranges: string) => `${day}: ${ranges}`,
  },
  ar: {
    picture: "الأسبوع",
    closed: "مغلق",
    from: (day: string) => `${day}، من`,
    to: (day: string) => `${day}، إلى`,
    works: (day: string) => `${day} يوم عمل`,
    add: (day: string) => `أضف ساعات يوم ${day}`,
    remove: (day: string, range: string) => `احذف ${range} من يوم ${day}`,
    copy: (day: string) => `انسخ ${day} إلى كل أيام العمل`,
    order: "يجب أن تنتهي بعد بدايتها.",
    overlap: "تتداخل مع الساعات التي فوقها.",
    dayHours: (day: string, ranges: string) => `${day}: ${ranges}`,
  },
});
