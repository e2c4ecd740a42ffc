import { useInfiniteQuery } from "@tanstack/react-query";
import { Contact, Plus, Search } from "lucide-react";
import { useDeferredValue } from "react";
import { Link, useSearchParams } from "react-router";
import { Badge } from "../../components/Badge";
import { DownloadButton } from "../../components/files/DownloadButton";
import { More } from "../../components/More";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { useExportCustomers } from "../../lib/requests/exportCustomers";
import { useMe } from "../../lib/session/me";
import { customersQuery, type Customer } from "./requests/listCustomers";
import { customersWords } from "./words";

export default function CustomersPage() {
  const words = useWords(customersWords);
  const { user } = useMe();
  const file = useExportCustomers();
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          {user.role !== "staff" && <DownloadButton label={words.download} file={file} />}
          <Link className="button button--primary" to="/customers/new">
            <Plus aria-hidden="true" />
            {words.add}
          </Link>
        </>
      }
    >
      <Found />
    </Page>
  );
}

/** What is searched stays in the address, so that coming back shows the same. */
function Found() {
  const words = useWords(customersWords);
  const [params, setParams] = useSearchParams();
  const wanted = params.get("search") ?? "";
  const search = useDeferredValue(wanted.trim());
  const query = useInfiniteQuery(customersQuery(search));
  return (
    <>
      <div className="searchbox">
        <Search aria-hidden="true" />
        <input
          type="search"
          dir="auto"
          className="field__control"
          aria-label={words.search}
          placeholder={words.search}
          value={wanted}
          onChange={(event) => setParams(event.target.value ? { search: event.target.value } : {}, { replace: true })}
        />
      </div>
      <Loaded query={query} lines={8}>
        {({ pages }) => <Customers customers={pages.flatMap((page) => page.items)} isSearched={search !== ""} />}
      </Loaded>
      <More query={query} />
    </>
  );
}

interface CustomersProps {
  readonly customers: readonly Customer[];
  readonly isSearched: boolean;
}

function Customers({ customers, isSearched }: CustomersProps) {
  const words = useWords(customersWords);
  if (customers.length === 0) {
    if (isSearched) return <EmptyState title={words.noneFound} />;
    return (
      <EmptyState icon={<Contact />} title={words.none}>
        {words.noneLead}
      </EmptyState>
    );
  }
  return (
    <ul className="rows">
      {customers.map((customer) => (
        <li key={customer.id}>
          <div className="rows__main">
            <Link to={`/customers/${customer.id}`} dir="auto">
              {customer.name}
            </Link>
            <p className="rows__more">
              {[customer.email, customer.phone].filter(Boolean).map((contact) => (
                <bdi key={contact}>{contact} </bdi>
              ))}
            </p>
          </div>
          {customer.blocked && <Badge tone="bad">{words.blocked}</Badge>}
          {customer.erased && <Badge>{words.erasedBadge}</Badge>}
        </li>
      ))}
    </ul>
  );
}
