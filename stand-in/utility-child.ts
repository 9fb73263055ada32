/** Loaded into every utility process before its script: it does not outlive the app that forked it. */
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
