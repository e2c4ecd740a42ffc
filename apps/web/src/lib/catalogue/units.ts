/** Rooms and machines by their kind: units of one kind can stand in for each other. */

interface Unit {
  readonly kind: string;
  readonly active: boolean;
}

interface Needing {
  readonly active: boolean;
  readonly resourceNeeds: readonly { readonly kind: string; readonly quantity: number }[];
}

export interface Shortage<Service> {
  readonly service: Service;
  readonly kind: string;
  readonly needed: number;
  readonly inUse: number;
}

/** The kinds in the order in which they first came, each with its units. */
export function byKind<One extends Unit>(units: readonly One[]): ReadonlyMap<string, readonly One[]> {
  const kinds = new Map<string, One[]>();
  for (const unit of units) kinds.set(unit.kind, [...(kinds.get(unit.kind) ?? []), unit]);
  return kinds;
}

/** How many of a kind can be booked. */
export function inUse(units: readonly Unit[], kind: string): number {
  return units.filter((unit) => unit.active && unit.kind === kind).length;
}

/** What services need more of than there is: until there is enough, nobody can book them. */
export function shortages<Service extends Needing>(
  services: readonly Service[],
  units: readonly Unit[],
): Shortage<Service>[] {
  return services
    .filter(({ active }) => active)
    .flatMap((service) =>
      service.resourceNeeds.map(({ kind, quantity }) => ({
        service,
        kind,
        needed: quantity,
        inUse: inUse(units, kind),
      })),
    )
    .filter((need) => need.inUse < need.needed);
}
