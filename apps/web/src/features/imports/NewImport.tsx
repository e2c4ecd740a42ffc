import { useQuery } from "@tanstack/react-query";
import { Download, FileSearch } from "lucide-react";
import { FormProvider, useForm, useFormContext, useWatch } from "react-hook-form";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Checkbox, Select } from "../../components/Field";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { isProblem } from "../../lib/api/problem";
import { keep } from "../../lib/files/keep";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { COLUMNS, emptyFile } from "./columns";
import { FileField } from "./FileField";
import { useCheckFile, type FileToCheck } from "./requests/checkFile";
import { KINDS } from "./states";
import { importsWords } from "./words";

const LARGEST = 5 * 1024 * 1024; // bytes
const FLAWS = ["needsFile", "tooLarge"] as const;

interface Written {
  kind: Shape<"ImportKind">;
  files: FileList | null;
  allow: Shape<"NewImportForm">["allow"];
  staffId: string;
}

/** A file is chosen and checked; what was found is a screen of its own. */
export function NewImport() {
  const words = useWords(importsWords);
  const navigate = useNavigate();
  const check = useCheckFile();
  const form = useForm<Written>({ defaultValues: { kind: "customers", files: null, allow: [], staffId: "" } });
  const { control, register, handleSubmit } = form;
  const kind = useWatch({ control, name: "kind" });
  const submit = handleSubmit(async (written) => {
    const file = written.files?.[0];
    if (!file) return;
    const { id } = await check.mutateAsync(toCheck(written, file));
    await navigate(`/imports/${id}`);
  });
  const wrong = isProblem(check.error) ? check.error.at("/file") : undefined;
  return (
    <Section title={words.bring} lead={words.bringLead}>
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <Select
            label={words.kind}
            choices={KINDS.map((each) => ({ value: each, label: words[each] }))}
            {...register("kind", { onChange: check.reset })}
          />
          <div className="import-columns">
            <p className="field__label">{words.columns}</p>
            <p className="code" dir="ltr">
              {COLUMNS[kind]}
            </p>
            <p className="field__hint">{words.columnsHint}</p>
            <div>
              <Button icon={<Download />} onClick={() => keep(emptyFile(kind), `${kind}.csv`)}>
                {words.empty}
              </Button>
            </div>
          </div>
          {kind === "timeOff" && <Whose />}
          {kind === "appointments" && <Allowances />}
          <Chosen wrong={wrong} onChange={check.reset} />
          <FormError error={wrong ? undefined : check.error} />
          <div>
            <Button type="submit" kind="primary" icon={<FileSearch />} isBusy={check.isPending}>
              {words.check}
            </Button>
          </div>
        </form>
      </FormProvider>
    </Section>
  );
}

/** What is said of one kind of file is not said of another. */
function toCheck({ kind, allow, staffId }: Written, file: File): FileToCheck {
  return {
    kind,
    file,
    allow: kind === "appointments" ? allow : [],
    staffId: (kind === "timeOff" && staffId) || null,
  };
}

function isSmall(files: FileList | null): boolean {
  return (files?.[0]?.size ?? 0) <= LARGEST;
}

interface ChosenProps {
  /** What the server says of the file. */
  readonly wrong: string | undefined;
  readonly onChange: () => void;
}

function Chosen({ wrong, onChange }: ChosenProps) {
  const words = useWords(importsWords);
  const { control, register, formState } = useFormContext<Written>();
  const [kind, files] = useWatch({ control, name: ["kind", "files"] });
  const flaw = FLAWS.find((each) => each === formState.errors.files?.type);
  const mayBeCalendar = kind === "timeOff";
  return (
    <FileField
      label={words.file}
      hint={mayBeCalendar ? words.calendarHint : words.fileHint}
      error={flaw ? words[flaw] : wrong}
      chosen={files?.[0]?.name}
      accept={mayBeCalendar ? ".csv,.ics,text/csv,text/calendar" : ".csv,text/csv"}
      {...register("files", {
        onChange,
        validate: { needsFile: (chosen) => Boolean(chosen?.[0]), tooLarge: isSmall },
      })}
    />
  );
}

function Whose() {
  const words = useWords(importsWords);
  const { register } = useFormContext<Written>();
  const { data: staff = [] } = useQuery(staffQuery);
  return (
    <Select
      label={words.whose}
      choices={[{ value: "", label: words.inFile }, ...staff.map(({ id, name }) => ({ value: id, label: name }))]}
      {...register("staffId")}
    />
  );
}

function Allowances() {
  const words = useWords(importsWords);
  const { register } = useFormContext<Written>();
  return (
    <fieldset className="choices">
      <legend>{words.allow}</legend>
      <div className="form__checks">
        <Checkbox label={words.outsideHours} value="outsideHours" {...register("allow")} />
        <Checkbox label={words.duringTimeOff} value="timeOff" {...register("allow")} />
      </div>
    </fieldset>
  );
}
