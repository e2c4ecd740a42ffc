import { catalogues } from "../../lib/i18n/words";

export const cancelWords = catalogues({
  en: {
    reason: "Why? The customer is told.",
    asked: "The customer asked for it",
    keep: "Keep it",
    cancel: "Cancel appointment",
    allBack: (amount: string) => `The deposit of ${amount} goes back in full.`,
    byPolicy: (amount: string) => `Of the deposit of ${amount} goes back what the customer was told when they booked.`,
    untilTheStart: "The page now says: all of it until the start.",
    policy: (before: string, percent: number) =>
      `The page now says: all of it until ${before} before the start, later ${percent ? `${percent}%` : "nothing"}.`,
  },
  ar: {
    reason: "ما السبب؟ سيُبلَّغ العميل.",
    asked: "العميل طلب ذلك",
    keep: "أبقِ الموعد",
    cancel: "إلغاء الموعد",
    allBack: (amount: string) => `يُردّ العربون كاملًا: ${amount}.`,
    byPolicy: (amount: string) => `يُردّ من العربون (${amount}) ما أُبلغ به العميل عند الحجز.`,
    untilTheStart: "تقول الصفحة الآن: يُردّ كاملًا حتى وقت البدء.",
    policy: (before: string, percent: number) =>
      `تقول الصفحة الآن: يُردّ كاملًا حتى ${before} قبل البدء، وبعدها ${percent ? `${percent}%` : "لا شيء"}.`,
  },
});
