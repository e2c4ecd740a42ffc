import { catalogues } from "../../lib/i18n/words";

export const savingWords = catalogues({
  en: { save: "Save", saving: "Saving…", unsaved: "There are unsaved changes.", cancel: "Cancel" },
  ar: { save: "حفظ", saving: "جارٍ الحفظ…", unsaved: "توجد تغييرات غير محفوظة.", cancel: "إلغاء" },
});
