import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { customersQuery } from "./requests/listCustomers";
import { useMergeCustomer } from "./requests/mergeCustomer";
import { customersWords } from "./words";

const SHOWN = 6;

interface MergeDialogProps {
  readonly customer: Shape<"Customer">;
  readonly onClose: () => void;
}

/** The record that stays is found by searching for it. */
export function MergeDialog({ customer, onClose }: MergeDialogProps) {
  const words = useWords(customersWords);
  const navigate = useNavigate();
  const [wanted, setWanted] = useState("");
  const query = useInfiniteQuery(customersQuery(useDeferredValue(wanted.trim())));
  const merge = useMergeCustomer();
  const into = async (intoId: string) => {
    await merge.mutateAsync({ id: customer.id, intoId });
    toast({ kind: "done", text: words.merged });
    onClose();
    await navigate(`/customers/${intoId}`);
  };
  return (
    <Dialog title={words.mergeTitle(customer.name)} onClose={onClose}>
      <div className="form">
        <p>{words.mergeLead}</p>
        <TextField
          label={words.search}
          type="search"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <FormError error={merge.error} />
        <Loaded query={query} lines={3}>
          {({ pages }) => {
            const others = pages
              .flatMap((page) => page.items)
              .filter(({ id, erased }) => id !== customer.id && !erased);
            if (others.length === 0) return <p className="field__hint">{words.noneFound}</p>;
            return (
              <ul className="rows">
                {others.slice(0, SHOWN).map((other) => (
                  <li key={other.id}>
                    <div className="rows__main">
                      <p className="rows__title" dir="auto">
                        {other.name}
                      </p>
                      <p className="rows__more">
                        <bdi>{other.email ?? other.phone}</bdi>
                      </p>
                    </div>
                    <Button isBusy={merge.isPending} onClick={() => void into(other.id).catch(() => undefined)}>
                      {words.mergeAct}
                    </Button>
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      </div>
    </Dialog>
  );
}
