// Plain JavaScript on purpose: it must run, and explain itself, on a Node too old for everything else.
const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  console.error(
    `Tessera's scripts need Node ${NEEDED} or newer; this is ${process.version} (${process.execPath}).\n` +
      `The "node" package in devDependencies brings Node ${NEEDED}, and npm puts it first on the PATH of its scripts.\n` +
      `Run "npm ci" (with install scripts allowed for the package "node"), then use the npm scripts: npm start, npm test.`,
  );
  process.exit(1);
}
