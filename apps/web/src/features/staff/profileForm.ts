/** Who somebody on the staff is, as it is written and as the server takes it. */

import { z } from "../../lib/forms/zod";
import type { StaffMember } from "../../lib/requests/listStaff";
import type { StaffMemberToSave } from "../../lib/requests/saveStaffMember";

export const profileSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  title: z.string().check(z.trim(), z.maxLength(200)),
  email: z.union([z.literal(""), z.email()]),
  phone: z.string().check(z.trim(), z.maxLength(40)),
  specializations: z.string(),
  color: z.string(),
  active: z.boolean(),
});

export type ProfileForm = z.infer<typeof profileSchema>;

export const NOBODY: ProfileForm = {
  name: "",
  title: "",
  email: "",
  phone: "",
  specializations: "",
  color: "#2b6cb0",
  active: true,
};

export function formOf(person: StaffMember): ProfileForm {
  return {
    name: person.name,
    title: person.title ?? "",
    email: person.email ?? "",
    phone: person.phone ?? "",
    specializations: person.specializations.join(", "),
    color: person.color,
    active: person.active,
  };
}

export function fieldsOf(form: ProfileForm): StaffMemberToSave["fields"] {
  return {
    name: form.name.trim(),
    title: form.title.trim() || null,
    email: form.email.trim() || null,
    phone: form.phone.trim() || null,
    specializations: form.specializations
      .split(/[,،]/)
      .map((each) => each.trim())
      .filter(Boolean),
    color: form.color,
    active: form.active,
  };
}
