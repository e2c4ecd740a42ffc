import { messageWords } from "../../components/messages/words";
import { catalogues } from "../../lib/i18n/words";

export const messagesWords = catalogues({
  en: {
    ...messageWords.en,
    title: "Messages",
    lead: "What was sent to whom, and what was not.",
    show: "Show",
    all: "All messages",
    none: "There are no such messages.",
    retry: "Send again",
    retried: "It is being sent again.",
    to: (recipient: string) => `To ${recipient}`,
    erased: "Erased",
    sent: "Sent",
    waiting: "Waiting",
    failed: "Not sent",
    skipped: "Left out",
  },
  ar: {
    ...messageWords.ar,
    title: "الرسائل",
    lead: "ما أُرسل ولمن، وما لم يُرسل.",
    show: "عرض",
    all: "كل الرسائل",
    none: "لا توجد رسائل كهذه.",
    retry: "أعد الإرسال",
    retried: "يجري إرسالها من جديد.",
    to: (recipient: string) => `إلى ${recipient}`,
    erased: "محذوف",
    sent: "أُرسلت",
    waiting: "بالانتظار",
    failed: "لم تُرسل",
    skipped: "أُغفلت",
  },
});
