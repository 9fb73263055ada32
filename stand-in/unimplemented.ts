/** Names that Node, promises and inspectors look up on any object. */
const LOOKED_UP_ANYWHERE: ReadonlySet<string> = new Set(['then', 'toJSON', 'inspect', '__esModule']);

/**
 * Makes a class say by name which member it lacks, instead of answering `undefined`: whatever neither the
 * instance nor its classes have is looked up last in a prototype that throws.
 *
 * @param name how users know it, for example "electron.app"
 */
export function throwWhenMissing(type: { readonly prototype: object }, name: string): void {
  const above = Object.getPrototypeOf(type.prototype) as object;
  Object.setPrototypeOf(type.prototype, refusing(above, name));
}

/** The same for an object that is no class's instance. */
export function refusing<Target extends object>(target: Target, name: string): Target {
  return new Proxy(target, {
    get(members, key, receiver) {
      if (key in members || typeof key === 'symbol' || LOOKED_UP_ANYWHERE.has(key)) {
        return Reflect.get(members, key, receiver);
      }
      throw new Error(`the stand-in does not implement ${name}.${key}`);
    },
  });
}
