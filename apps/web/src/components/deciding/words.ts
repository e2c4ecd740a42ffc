import { catalogues } from "../../lib/i18n/words";

export const decidingWords = catalogues({
  en: {
    confirm: "Confirm",
    decline: "Decline",
    confirmThis: (who: string) => `Confirm: ${who}`,
    declineThis: (who: string) => `Decline: ${who}`,
    isConfirmed: (who: string) => `${who} is confirmed`,
    isDeclined: (who: string) => `${who} is declined`,
    notConfirmed: (who: string) => `${who} could not be confirmed`,
  },
  ar: {
    confirm: "تأكيد",
    decline: "رفض",
    confirmThis: (who: string) => `تأكيد: ${who}`,
    declineThis: (who: string) => `رفض: ${who}`,
    isConfirmed: (who: string) => `تم تأكيد موعد ${who}`,
    isDeclined: (who: string) => `تم رفض موعد ${who}`,
    notConfirmed: (who: string) => `تعذّر تأكيد موعد ${who}`,
  },
});
