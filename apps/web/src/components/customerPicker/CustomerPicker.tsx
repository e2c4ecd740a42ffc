import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useWords } from "../../lib/i18n/locale";
import { customersLike, type Customer } from "../../lib/requests/customersLike";
import { Button } from "../Button";
import { TextField } from "../Field";
import type { Chosen } from "./chosen";
import "./customerPicker.css";
import { customerPickerWords } from "./words";

interface CustomerPickerProps {
  readonly chosen: Chosen | undefined;
  readonly choose: (chosen: Chosen | undefined) => void;
  /** Said below the search. */
  readonly hint?: string;
  /** What is wrong, by field. */
  readonly wrong: (field: "name" | "email" | "phone") => string | undefined;
}

export function CustomerPicker({ chosen, choose, hint, wrong }: CustomerPickerProps) {
  const words = useWords(customerPickerWords);
  if (!chosen) return <Search choose={choose} hint={hint} />;
  if (chosen.id !== undefined) {
    return (
      <div className="chosen">
        <div>
          <p className="field__label">{words.customer}</p>
          <p>
            <bdi>{chosen.name}</bdi> <bdi className="field__hint">{chosen.contact}</bdi>
          </p>
        </div>
        <Button onClick={() => choose(undefined)}>{words.other}</Button>
      </div>
    );
  }
  return (
    <>
      <TextField
        label={words.customer}
        value={chosen.name}
        error={wrong("name")}
        onChange={(event) => choose({ ...chosen, name: event.target.value })}
      />
      <div className="form__row">
        <TextField
          label={words.email}
          type="email"
          value={chosen.email}
          error={wrong("email")}
          onChange={(event) => choose({ ...chosen, email: event.target.value })}
        />
        <TextField
          label={words.phone}
          type="tel"
          dir="ltr"
          value={chosen.phone}
          error={wrong("phone")}
          onChange={(event) => choose({ ...chosen, phone: event.target.value })}
        />
      </div>
      <Button kind="quiet" onClick={() => choose(undefined)}>
        {words.other}
      </Button>
    </>
  );
}

function Search({ choose, hint }: Pick<CustomerPickerProps, "choose"> & { readonly hint: string | undefined }) {
  const words = useWords(customerPickerWords);
  const [search, setSearch] = useState("");
  const wanted = search.trim();
  const { data } = useQuery(customersLike(useDeferredValue(wanted)));
  const found = wanted.length > 1 ? (data ?? []) : [];
  return (
    <div className="form">
      <TextField
        label={words.customer}
        hint={hint ?? words.hint}
        type="search"
        autoComplete="off"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <span className="visually-hidden" role="status">
        {wanted.length > 1 && data ? words.found(found.length) : ""}
      </span>
      {wanted && (
        <ul role="list" className="found">
          {found.map((customer) => (
            <li key={customer.id}>
              <button type="button" className="found__one" onClick={() => choose(known(customer))}>
                <bdi>{customer.name}</bdi>
                <bdi className="field__hint">{contactOf(customer)}</bdi>
              </button>
            </li>
          ))}
          <li>
            <Button kind="quiet" icon={<UserPlus />} onClick={() => choose({ name: wanted, email: "", phone: "" })}>
              {words.newCustomer(wanted)}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}

function known(customer: Customer): Chosen {
  return { id: customer.id, name: customer.name, contact: contactOf(customer) };
}

function contactOf({ email, phone }: Customer): string {
  return email ?? phone ?? "";
}
