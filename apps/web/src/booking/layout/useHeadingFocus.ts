import { useEffect, useRef, type RefObject } from "react";

/**
 * The heading of what is new takes the focus, so that whoever listens hears where they are; on the first sight only
 * when `atOnce`: where somebody has just come to.
 */
export function useHeadingFocus(of: string, atOnce = false): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const seen = useRef(atOnce ? undefined : of);
  useEffect(() => {
    if (seen.current === of) return;
    seen.current = of;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [of]);
  return heading;
}
