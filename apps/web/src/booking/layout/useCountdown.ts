import { useEffect, useState } from "react";
import { serverNow } from "../api/request";

/** Whole seconds until that moment, 0 when it is past; undefined without a moment. */
export function useCountdown(until: string | undefined): number | undefined {
  const [now, setNow] = useState(serverNow);
  const end = until === undefined ? undefined : Date.parse(until);
  useEffect(() => {
    if (end === undefined) return undefined;
    const tick = () => {
      setNow(serverNow());
      if (serverNow() >= end) clearInterval(timer);
    };
    const first = setTimeout(tick);
    const timer = setInterval(tick, 1_000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [end]);
  return end === undefined ? undefined : Math.max(0, Math.ceil((end - now) / 1_000));
}
