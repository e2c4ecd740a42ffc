import type { UseMutationResult } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { said } from "../../lib/api/said";
import { useLocale } from "../../lib/i18n/locale";
import { Button } from "../Button";
import { toast } from "../toasts";

interface DownloadButtonProps {
  readonly label: string;
  /** Asks for the file as every request is asked, so that a session that has slept is renewed first; a link is not. */
  readonly file: UseMutationResult<void, unknown, void>;
}

export function DownloadButton({ label, file }: DownloadButtonProps) {
  const locale = useLocale();
  const tell = (error: unknown) => toast({ kind: "failed", text: said(error, locale) });
  return (
    <Button icon={<Download />} isBusy={file.isPending} onClick={() => file.mutate(undefined, { onError: tell })}>
      {label}
    </Button>
  );
}
