/** Two fingers that move apart make the rows higher, and lower when they move together. */

const APART = 1.25;

/** Until what it returns is called. `zoom`: by so many levels. */
export function installPinch(root: HTMLElement, zoom: (levels: 1 | -1) => void): () => void {
  let before: number | undefined;
  const begin = ({ touches }: TouchEvent) => {
    before = touches.length === 2 ? distance(touches) : undefined;
  };
  const move = (event: TouchEvent) => {
    if (before === undefined || event.touches.length !== 2) return;
    event.preventDefault();
    const now = distance(event.touches);
    if (now === undefined || (now < before * APART && before < now * APART)) return;
    zoom(now > before ? 1 : -1);
    before = now;
  };
  root.addEventListener("touchstart", begin, { passive: true });
  root.addEventListener("touchmove", move, { passive: false });
  return () => {
    root.removeEventListener("touchstart", begin);
    root.removeEventListener("touchmove", move);
  };
}

function distance({ 0: one, 1: other }: TouchList): number | undefined {
  return one && other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : undefined;
}
