// A utility process that would wait for ever.
setInterval(() => undefined, 1_000_000);
process.stdout.write('waiting\n');
