import { useQuery } from "@tanstack/react-query";
import { Navigate } from "react-router";
import { Loaded } from "../../components/Loaded";
import { bookingPagesQuery } from "../../lib/requests/listBookingPages";
import { staffQuery } from "../../lib/requests/listStaff";
import { useMe } from "../../lib/session/me";

/** Where somebody begins who has just come: in the guide, as long as there is nobody and nowhere to book. */
export default function Begin() {
  const { user } = useMe();
  const staff = useQuery(staffQuery);
  const pages = useQuery(bookingPagesQuery);
  return (
    <Loaded query={staff}>
      {(people) => (
        <Loaded query={pages}>
          {(open) => {
            const isNew = user.role !== "staff" && people.length === 0 && open.length === 0;
            return <Navigate to={isNew ? "/start" : "/calendar"} replace />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
