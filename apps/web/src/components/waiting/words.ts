import { catalogues } from "../../lib/i18n/words";

export const waitingWords = catalogues({
  en: {
    offered: "Offered",
    offeredUntil: (when: string) => `Offered until ${when}`,
    accept: "Accept",
    acceptFor: (who: string) => `Accept for ${who}`,
    declineFor: (who: string) => `Decline for ${who}: it is offered to the next`,
    leaveFor: (who: string) => `Take ${who} off the list`,
    booked: (who: string) => `${who} is booked`,
    declined: "It is offered to the next in line",
    left: (who: string) => `${who} waits no more`,
    waiting: "Waiting",
    expired: "Came to nothing",
    withdrawn: "Left the list",
    accepted: "Booked",
  },
  ar: {
    offered: "عُرض عليه",
    offeredUntil: (when: string) => `معروض حتى ${when}`,
    accept: "قبول",
    acceptFor: (who: string) => `اقبل نيابة عن ${who}`,
    declineFor: (who: string) => `ارفض نيابة عن ${who}: يُعرض على التالي`,
    leaveFor: (who: string) => `احذف ${who} من القائمة`,
    booked: (who: string) => `حُجز الموعد للعميل ${who}`,
    declined: "يُعرض الآن على التالي في القائمة",
    left: (who: string) => `لم يعد ${who} ينتظر`,
    waiting: "ينتظر",
    expired: "انتهى دون حجز",
    withdrawn: "غادر القائمة",
    accepted: "محجوز",
  },
});
