import { catalogues, plural } from "../../../lib/i18n/words";

export const seriesWords = catalogues({
  en: {
    repeats: "Repeats",
    never: "Does not repeat",
    day: "Every day",
    week: "Every week",
    twoWeeks: "Every two weeks",
    fourWeeks: "Every four weeks",
    month: "Every month on this date",
    onDays: "On",
    ends: "Ends",
    afterTimes: "After a number of times",
    onDate: "On a date",
    times: "Times",
    lastDate: "Last date",
    part: "Part of a series",
    partOf: (nth: number, of: number) => `${nth} of ${of} in a series`,
    showAll: "Show all",
    inTheWay: (count: number) =>
      plural("en", count, { one: "One time cannot be had:", other: "# times cannot be had:" }),
    bookRest: "Book the others",
    move: "Move",
    moveThis: (what: string) => `Move: ${what}`,
    moveRest: "Move the others",
    moveAllAnyway: "Move anyway",
    putBack: "Put it back",
    allBack: (count: number) =>
      plural("en", count, { one: "One appointment was put back", other: "# appointments were put back" }),
    backUnsent: "No connection. They are put back when it is there again",
    bookedTimes: (count: number, first: string) =>
      plural("en", count, { one: `Booked once, for ${first}`, other: `Booked # times, the first for ${first}` }),
    changed: "The series was changed",
    stayed: (count: number) =>
      plural("en", count, { one: "One stayed where it was", other: "# stayed where they were" }),
  },
  ar: {
    repeats: "التكرار",
    never: "لا يتكرر",
    day: "كل يوم",
    week: "كل أسبوع",
    twoWeeks: "كل أسبوعين",
    fourWeeks: "كل أربعة أسابيع",
    month: "كل شهر في هذا التاريخ",
    onDays: "في أيام",
    ends: "ينتهي",
    afterTimes: "بعد عدد من المرات",
    onDate: "في تاريخ",
    times: "عدد المرات",
    lastDate: "آخر تاريخ",
    part: "جزء من سلسلة",
    partOf: (nth: number, of: number) => `الموعد ${nth} من ${of} في سلسلة`,
    showAll: "عرض الكل",
    inTheWay: (count: number) =>
      plural("ar", count, {
        one: "تعذّر حجز وقت واحد:",
        two: "تعذّر حجز وقتين:",
        few: "تعذّر حجز # أوقات:",
        other: "تعذّر حجز # وقتًا:",
      }),
    bookRest: "احجز البقية",
    move: "نقل",
    moveThis: (what: string) => `نقل: ${what}`,
    moveRest: "انقل البقية",
    moveAllAnyway: "انقل على أي حال",
    putBack: "أعده إلى مكانه",
    allBack: (count: number) =>
      plural("ar", count, {
        zero: "لم يُعَد أي موعد إلى مكانه",
        one: "أُعيد موعد واحد إلى مكانه",
        two: "أُعيد موعدان إلى مكانهما",
        few: "أُعيدت # مواعيد إلى مكانها",
        other: "أُعيد # موعدًا إلى مكانه",
      }),
    backUnsent: "لا يوجد اتصال. تُعاد إلى مكانها حين يعود",
    bookedTimes: (count: number, first: string) =>
      plural("ar", count, {
        one: `حُجز موعد واحد، يوم ${first}`,
        two: `حُجز موعدان، أولهما يوم ${first}`,
        few: `حُجزت # مواعيد، أولها يوم ${first}`,
        other: `حُجز # موعدًا، أولها يوم ${first}`,
      }),
    changed: "تغيّرت السلسلة",
    stayed: (count: number) =>
      plural("ar", count, {
        one: "بقي موعد واحد في مكانه",
        two: "بقي موعدان في مكانهما",
        few: "بقيت # مواعيد في مكانها",
        other: "بقي # موعدًا في مكانه",
      }),
  },
});
