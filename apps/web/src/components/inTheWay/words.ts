import { catalogues, plural } from "../../lib/i18n/words";

export const inTheWayWords = catalogues({
  en: {
    title: (count: number) =>
      plural("en", count, { one: "1 booking is in the way", other: "# bookings are in the way" }),
    lead: "It is saved. What is booked stands until you move or cancel it.",
    open: "Open",
    class: "Class",
    done: "Done",
  },
  ar: {
    title: (count: number) =>
      plural("ar", count, {
        one: "حجز واحد يتعارض مع هذا",
        two: "حجزان يتعارضان مع هذا",
        few: "# حجوزات تتعارض مع هذا",
        other: "# حجزًا يتعارض مع هذا",
      }),
    lead: "تم الحفظ. تبقى الحجوزات كما هي حتى تنقلها أو تلغيها.",
    open: "افتح",
    class: "حصة جماعية",
    done: "تم",
  },
});
