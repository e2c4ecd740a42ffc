import { catalogues } from "../lib/i18n/words";

export const componentWords = catalogues({
  en: {
    close: "Close",
    dark: "Dark",
    light: "Light",
    loading: "Loading…",
    more: "Show more",
    news: "News",
    tryAgain: "Try again",
  },
  ar: {
    close: "إغلاق",
    dark: "داكن",
    light: "فاتح",
    loading: "جارٍ التحميل…",
    more: "المزيد",
    news: "مستجدات",
    tryAgain: "إعادة المحاولة",
  },
});
