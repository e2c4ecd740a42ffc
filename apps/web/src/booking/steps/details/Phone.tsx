/** A phone number with its country. */

import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useFormats, useWords } from "../../i18n/messages";
import { Icon } from "../../layout/Icon";
import { named } from "./countries";
import { Field, useTold } from "./Field";
import type { Details } from "./schema";

export function Phone() {
  const words = useWords();
  const { locale } = useFormats();
  const { register, trigger, getValues } = useFormContext<Details>();
  const phone = useTold("phone");
  const country = register("country", {
    onChange: () => {
      if (getValues("phone") !== "") void trigger("phone");
    },
  });
  const chosen = useWatch<Details, "country">({ name: "country" });
  const countries = useMemo(() => named(locale), [locale]);
  return (
    <Field name="phone" label={words.phone} isOptional>
      {(field) => (
        <div className="phone" dir="ltr">
          <span className="country">
            <select {...country} aria-label={words.country} autoComplete="tel-country-code" dir="auto">
              {countries.map(({ code, dial, name }) => (
                <option key={code} value={code}>
                  {`${name} \u2066+${dial}\u2069`}
                </option>
              ))}
            </select>
            <span aria-hidden="true">
              +{countries.find(({ code }) => code === chosen)?.dial}
              <Icon name="down" />
            </span>
          </span>
          <input {...field} {...phone} type="tel" inputMode="tel" autoComplete="tel-national" />
        </div>
      )}
    </Field>
  );
}
