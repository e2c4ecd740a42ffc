import type { components } from "../api/schema";

type Shapes = components["schemas"];

/** A body of which these have to be said. For the rest the server has defaults, which the document's types want said too. */
export type Given<Name extends keyof Shapes, Needed extends keyof Shapes[Name]> = Pick<Shapes[Name], Needed> &
  Partial<Shapes[Name]>;

/** What is not said has its default. */
export function withDefaults<Body>(said: Partial<Body>): Body {
  return said as Body;
}
