import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Loaded, type LoadedProps } from "./Loaded";
import { Page, type PageProps } from "./Page";
import { EmptyState } from "./states";

interface ListPageProps<Item> {
  readonly words: Readonly<Record<"title" | "lead" | "add" | "none" | "noneLead", string>>;
  readonly query: LoadedProps<readonly Item[]>["query"];
  /** Where one more is made. */
  readonly addAt: string;
  readonly icon: ReactNode;
  readonly back?: NonNullable<PageProps["back"]>;
  /** Where else one may want to go from here. */
  readonly also?: ReactNode;
  /** What is shown of those that there are. */
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** All of a kind, or a word about the first of them; and the way to one more. */
export function ListPage<Item>({ words, query, addAt, icon, back, also, children }: ListPageProps<Item>) {
  const add = (
    <Link className="button button--primary" to={addAt}>
      <Plus aria-hidden="true" />
      {words.add}
    </Link>
  );
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          {also}
          {add}
        </>
      }
      {...(back ? { back } : {})}
    >
      <Loaded query={query}>
        {(items) =>
          items.length > 0 ? (
            children(items)
          ) : (
            <EmptyState icon={icon} title={words.none} action={add}>
              {words.noneLead}
            </EmptyState>
          )
        }
      </Loaded>
    </Page>
  );
}
