import { Plus } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { Button } from "../../components/Button";
import { customerOf, type Chosen } from "../../components/customerPicker/chosen";
import { CustomerPicker } from "../../components/customerPicker/CustomerPicker";
import { toast } from "../../components/toasts";
import { WhyNot } from "../../components/whyNot/WhyNot";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { useGetInLine } from "../../lib/requests/getInLine";
import { useBookSeat } from "./requests/bookSeat";
import type { SessionWithSeats } from "./requests/readSession";
import { classesWords } from "./words";

/** A seat for somebody, or a place in the line when all are taken. */
export function AddAttendee({ session }: { readonly session: SessionWithSeats }) {
  const words = useWords(classesWords);
  const book = useBookSeat();
  const wait = useGetInLine();
  const [chosen, setChosen] = useState<Chosen>();
  const isFull = session.seatsTaken >= session.capacity;
  const adding = isFull ? wait : book;
  const wrong = (field: string) => (isProblem(adding.error) ? adding.error.at(`/customer/${field}`) : undefined);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!chosen || adding.isPending) return;
    const { id: sessionId, serviceId, staffId, start } = session;
    if (isFull) await wait.mutateAsync({ serviceId, sessionId, ...customerOf(chosen) });
    else await book.mutateAsync({ serviceId, staffId, start, ...customerOf(chosen) });
    toast({ kind: "done", text: isFull ? words.waits(chosen.name) : words.added(chosen.name) });
    setChosen(undefined);
  };
  return (
    <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <CustomerPicker
        chosen={chosen}
        choose={setChosen}
        hint={isFull ? words.fullHint : words.customerHint}
        wrong={wrong}
      />
      <WhyNot error={adding.error} />
      {chosen && (
        <div>
          <Button type="submit" kind="primary" icon={<Plus />} isBusy={adding.isPending}>
            {isFull ? words.putInLine : words.addAttendee}
          </Button>
        </div>
      )}
    </form>
  );
}
