/** Loads a script of somebody else's once; who asks again after a failure tries again. */

const PATIENCE = 20_000; // milliseconds

const loading = new Map<string, Promise<void>>();

export function loadScript(address: string): Promise<void> {
  const known = loading.get(address);
  if (known) return known;
  const made = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = true;
    const fail = () => {
      script.remove();
      loading.delete(address);
      reject(new Error(`${address} cannot be loaded`));
    };
    script.addEventListener("error", fail);
    const late = setTimeout(fail, PATIENCE);
    script.addEventListener("load", () => {
      clearTimeout(late);
      resolve();
    });
    document.head.append(script);
  });
  loading.set(address, made);
  return made;
}
