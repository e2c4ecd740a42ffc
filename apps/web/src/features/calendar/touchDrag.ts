/**
 * Dragging by touch: a finger that rests on an appointment or an empty time becomes the mouse that the addon of React Big Calendar understands.
 *
 * The addon takes mouse buttons only, and the node that is dragged is made anew meanwhile, so its own touch events are lost.
 */

const HOLD = 350; // milliseconds
const SLOP = 8; // pixels: who moves further before the hold is over wants to scroll
const TOUCHABLE = ".rbc-event, .rbc-day-slot";

interface Point {
  readonly clientX: number;
  readonly clientY: number;
}

/** Until what it returns is called. */
export function installTouchDrag(root: HTMLElement): () => void {
  let letGo: (() => void) | undefined;
  const begin = (event: TouchEvent) => {
    const [touch] = event.touches;
    const node = event.target instanceof Element ? event.target : null;
    letGo?.(); // a second finger wants something else
    if (!touch || event.touches.length > 1 || !node || !root.contains(node) || !node.closest(TOUCHABLE)) return;
    event.stopPropagation(); // keeps it from the calendar's own, other idea of touch
    letGo = hold(node, pointOf(touch));
  };
  const noMenu = (event: Event) => {
    const isTouchable = event.target instanceof Element && event.target.closest(TOUCHABLE);
    if (isTouchable && matchMedia("(pointer: coarse)").matches) event.preventDefault();
  };
  window.addEventListener("touchstart", begin, { capture: true, passive: true });
  root.addEventListener("contextmenu", noMenu);
  return () => {
    window.removeEventListener("touchstart", begin, { capture: true });
    root.removeEventListener("contextmenu", noMenu);
  };
}

/** Listens on the touched node itself: it gets all of a touch, wherever the finger goes. What it returns ends the wait. */
function hold(node: Element, from: Point): () => void {
  let isHeld = false;
  let last = from;
  const listening = new AbortController();
  const timer = setTimeout(() => {
    isHeld = true;
    send("mousedown", node, from);
    // React applies what a scripted event changes only after it, so the listener that this one adds hears the next.
    setTimeout(() => {
      if (!isHeld) return;
      send("mousedown", node, from);
      send("mousemove", node, { ...from, clientY: from.clientY + SLOP });
    });
  }, HOLD);
  const end = () => {
    clearTimeout(timer);
    isHeld = false;
    listening.abort();
  };
  const move = (event: Event) => {
    const [touch] = (event as TouchEvent).touches;
    if (!touch) return;
    last = pointOf(touch);
    if (isHeld) {
      event.preventDefault();
      send("mousemove", under(last), last);
    } else if (Math.hypot(last.clientX - from.clientX, last.clientY - from.clientY) > SLOP) end();
  };
  const release = (event: Event) => {
    if (isHeld) {
      event.preventDefault();
      send("mouseup", event.type === "touchcancel" ? document.body : under(last), last);
    }
    end();
  };
  const options = { passive: false, signal: listening.signal };
  node.addEventListener("touchmove", move, options);
  node.addEventListener("touchend", release, options);
  node.addEventListener("touchcancel", release, options);
  return () => {
    if (!isHeld) end();
  };
}

function send(type: string, target: Element, { clientX, clientY }: Point): void {
  const buttons = type === "mouseup" ? 0 : 1;
  const event = { bubbles: true, cancelable: true, view: window, button: 0, buttons, clientX, clientY };
  target.dispatchEvent(new MouseEvent(type, event));
}

function under({ clientX, clientY }: Point): Element {
  return document.elementFromPoint(clientX, clientY) ?? document.body;
}

function pointOf({ clientX, clientY }: Touch): Point {
  return { clientX, clientY };
}
