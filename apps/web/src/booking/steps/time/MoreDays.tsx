/**
 * The end of the list: what comes next is loaded as it comes into sight, and by a button for who does not scroll.
 * Between the parts of another site only by the button: who scrolls there wants to get past us.
 */

import { useEffect, useRef } from "react";
import { useWords } from "../../i18n/messages";
import { embedding } from "../../flow/address";
import { Waiting } from "../../layout/Waiting";

interface Props {
  readonly listed: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly isEmpty: boolean;
}

const AHEAD = "400px";

export function MoreDays({ listed, isEmpty }: Props) {
  const words = useWords();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = listed;
  const isAsked = !isEmpty && embedding() === "inline";
  useEffect(() => {
    if (isAsked || !end.current || !hasNextPage || isFetchingNextPage) return undefined;
    const sight = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: AHEAD },
    );
    sight.observe(end.current);
    return () => {
      sight.disconnect();
    };
  }, [isAsked, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (isFetchingNextPage) return <Waiting lines={3} label={words.loadingTimes} />;
  if (!hasNextPage) return isEmpty ? null : <p className="quiet">{words.timesEnd}</p>;
  return (
    <div ref={end} className="more">
      <button type="button" className="button" onClick={() => void fetchNextPage()}>
        {words.moreTimes}
      </button>
    </div>
  );
}
