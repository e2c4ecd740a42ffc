import { Copy } from "lucide-react";
import { Button } from "../Button";
import { toast } from "../toasts";
import "./onceShown.css";

/** A secret that nobody is told again: to be copied now. */
export function OnceShown({ lead, text, copy, copied }: Readonly<Record<"lead" | "text" | "copy" | "copied", string>>) {
  const act = async () => {
    await navigator.clipboard.writeText(text);
    toast({ kind: "done", text: copied });
  };
  return (
    <div className="once-shown" role="status">
      <p>{lead}</p>
      <code dir="ltr">{text}</code>
      <div>
        <Button icon={<Copy />} onClick={act}>
          {copy}
        </Button>
      </div>
    </div>
  );
}
