import { catalogues, plural } from "../../lib/i18n/words";

export const customerPickerWords = catalogues({
  en: {
    customer: "Customer",
    hint: "Name, email or phone. None is fine.",
    found: (count: number) => plural("en", count, { one: "One customer found", other: "# customers found" }),
    newCustomer: (name: string) => `New customer “${name}”`,
    other: "Choose another",
    email: "Email",
    phone: "Phone",
  },
  ar: {
    customer: "العميل",
    hint: "الاسم أو البريد أو الهاتف، ويمكن تركه فارغًا.",
    found: (count: number) =>
      plural("ar", count, {
        zero: "لم يُعثر على عميل",
        one: "عميل واحد",
        two: "عميلان",
        few: "# عملاء",
        other: "# عميلًا",
      }),
    newCustomer: (name: string) => `عميل جديد «${name}»`,
    other: "اختر غيره",
    email: "البريد الإلكتروني",
    phone: "الهاتف",
  },
});
