import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Confirmed } from "../../components/saving/Confirmed";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { useLocale, useWords } from "../../lib/i18n/locale";
import type { BookingPage } from "../../lib/requests/listBookingPages";
import type { Service } from "../../lib/requests/listServices";
import type { StaffMember } from "../../lib/requests/listStaff";
import { useSaveBookingPage } from "../../lib/requests/saveBookingPage";
import { useKeys } from "../../lib/requests/useKeys";
import { Embed } from "./Embed";
import { bookingPageSchema, fieldsOf, formOf, NEW_PAGE, type BookingPageForm } from "./form";
import { Look } from "./Look";
import { Offered } from "./Offered";
import { WithPreview } from "./Preview";
import { Questions } from "./Questions";
import { useRemoveBookingPage } from "./requests/removeBookingPage";
import { Rules } from "./Rules";
import { Texts } from "./Texts";
import { bookingPagesWords } from "./words";

interface BookingPageEditorProps {
  readonly page: BookingPage | undefined;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
}

export function BookingPageEditor({ page, services, staff }: BookingPageEditorProps) {
  const words = useWords(bookingPagesWords);
  const locale = useLocale();
  const navigate = useNavigate();
  const save = useSaveBookingPage();
  const keyOf = useKeys();
  const form = useForm<BookingPageForm>({
    resolver: zodResolver(bookingPageSchema),
    defaultValues: page ? formOf(page) : { ...NEW_PAGE, locale },
  });
  const submit = form.handleSubmit(async (written) => {
    const fields = fieldsOf(written, page);
    const saved = await save.mutateAsync({ fields, ...(page ? { seen: page } : { key: keyOf(fields) }) });
    form.reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
    if (!page) await navigate(`/booking-pages/${saved.id}`, { replace: true });
  });
  return (
    <FormProvider {...form}>
      <WithPreview page={page}>
        <form className="editor" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <Texts isTaken={isProblem(save.error, "SlugTaken")} />
          <Offered services={services} staff={staff} />
          <Rules paymentsOff={page?.payments === null} captchaOff={page?.captcha === null} />
          <Questions />
          <Look error={isProblem(save.error) && save.error.at("/theme/accent") ? words.accentWrong : undefined} />
          <Embed />
          <SaveBar
            error={save.error}
            isBusy={save.isPending}
            isChanged={form.formState.isDirty}
            extra={page && <RemovePage page={page} />}
          />
        </form>
      </WithPreview>
    </FormProvider>
  );
}

function RemovePage({ page }: { readonly page: BookingPage }) {
  const words = useWords(bookingPagesWords);
  const navigate = useNavigate();
  const remove = useRemoveBookingPage();
  return (
    <Confirmed
      title={words.removeTitle(page.title)}
      text={words.removeLead}
      act={words.remove}
      doing={remove}
      onConfirm={() => remove.mutate(page.id, { onSuccess: () => void navigate("/booking-pages") })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.remove}
        </Button>
      )}
    </Confirmed>
  );
}
