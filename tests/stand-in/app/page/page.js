// What the page finds before it does anything: the names that browsers do not have by themselves.
window.atStart = { hasProbe: typeof window.probe, names: Object.getOwnPropertyNames(window) };
