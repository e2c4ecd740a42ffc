import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { CustomerData } from "./CustomerData";
import { CustomerForm } from "./CustomerForm";
import { History } from "./History";
import { customerQuery } from "./requests/readCustomer";
import { Totals } from "./Totals";
import { customersWords } from "./words";

/** One customer, or a new one at `/customers/new`. */
export default function CustomerPage() {
  const words = useWords(customersWords);
  const { id } = useParams();
  if (id) return <Known id={id} />;
  return (
    <Page title={words.newTitle} back={{ to: "/customers", label: words.back }}>
      <CustomerForm customer={undefined} />
    </Page>
  );
}

function Known({ id }: { readonly id: string }) {
  const words = useWords(customersWords);
  const query = useQuery(customerQuery(id));
  return (
    <Page title={query.data?.name ?? words.title} back={{ to: "/customers", label: words.back }}>
      <Loaded query={query} lines={8}>
        {(customer) => (
          <>
            <Totals totals={customer.totals} />
            {!customer.erased && <CustomerForm key={customer.id} customer={customer} />}
            <History id={customer.id} />
            {!customer.erased && <CustomerData customer={customer} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
