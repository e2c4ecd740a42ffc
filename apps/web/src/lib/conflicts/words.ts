import { catalogues } from "../i18n/words";

/** Why a time cannot be had, by `kind` (`sentence`). */
export const conflictWords = catalogues({
  en: {
    staffBusy: "there is another appointment",
    resourceBusy: "a room or device that it needs is taken",
    full: "the session is full",
    outsideHours: "outside working hours",
    timeOff: "time off",
    notice: "too soon to be booked",
    horizon: "too far ahead to be booked",
    offGrid: "not at a time that can be booked",
    inactive: "the service or the person is not active",
    taken: "this time has just been taken",
  },
  ar: {
    staffBusy: "يوجد موعد آخر",
    resourceBusy: "غرفة أو جهاز مطلوب محجوز",
    full: "الجلسة مكتملة العدد",
    outsideHours: "خارج ساعات العمل",
    timeOff: "إجازة",
    notice: "الوقت أقرب من أن يُحجز",
    horizon: "الوقت أبعد من أن يُحجز",
    offGrid: "ليس من الأوقات التي يمكن حجزها",
    inactive: "الخدمة أو الشخص غير نشط",
    taken: "حُجز هذا الوقت للتو",
  },
});
