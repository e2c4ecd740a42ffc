import { RotateCw } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { IconButton } from "../../components/Button";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { BookingPage } from "../../lib/requests/listBookingPages";
import type { BookingPageForm } from "./form";
import "./preview.css";
import { textOn } from "./textOn";
import { bookingPagesWords } from "./words";

interface WithPreviewProps {
  readonly page: BookingPage | undefined;
  readonly children: ReactNode;
}

/** An editor, and beside it the page, once there is one. */
export function WithPreview({ page, children }: WithPreviewProps) {
  if (!page) return children;
  return (
    <div className="with-preview">
      {children}
      <Preview page={page} />
    </div>
  );
}

/**
 * The page itself, as it was saved; colour and corners as they are being chosen. Its forms cannot be sent from here, so
 * nothing is booked by trying it.
 */
function Preview({ page }: { readonly page: BookingPage }) {
  const words = useWords(bookingPagesWords);
  const { control } = useFormContext<BookingPageForm>();
  const [accent, radius] = useWatch({ control, name: ["accent", "radius"] });
  const [loads, setLoads] = useState(0);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => dress(frame.current, accent, radius), [accent, radius]);
  return (
    <div className="page-preview">
      <Section title={words.preview} lead={page.active ? words.previewLead : words.previewOff}>
        {page.active && (
          <>
            <iframe
              key={`${page.revision} ${loads}`}
              ref={frame}
              className="page-preview__frame"
              title={words.preview}
              loading="lazy"
              src={`/booking/${page.slug}`}
              sandbox="allow-scripts allow-same-origin"
              onLoad={({ currentTarget }) => dress(currentTarget, accent, radius)}
            />
            <IconButton label={words.reload} icon={<RotateCw />} onClick={() => setLoads(loads + 1)} />
          </>
        )}
      </Section>
    </div>
  );
}

/** What the page's own theme says, said otherwise. */
function dress(frame: HTMLIFrameElement | null, accent: string, radius: number): void {
  const style = frame?.contentDocument?.documentElement.style;
  if (!style) return;
  style.setProperty("--accent", accent);
  style.setProperty("--on-accent", textOn(accent));
  if (Number.isInteger(radius)) style.setProperty("--radius", `${radius}px`);
}
