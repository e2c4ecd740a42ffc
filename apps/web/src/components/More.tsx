import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useWords } from "../lib/i18n/locale";
import { Button } from "./Button";
import { componentWords } from "./words";

/** The next page of a list, as long as there is one. */
export function More({ query }: { readonly query: UseInfiniteQueryResult }) {
  const words = useWords(componentWords);
  if (!query.hasNextPage) return null;
  return (
    <div className="more">
      <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {words.more}
      </Button>
    </div>
  );
}
