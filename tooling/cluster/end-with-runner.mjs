// @ts-check
/**
 * Loaded into every process of the cluster before its program: whoever started it holds the other end of its channel,
 * and when that end is gone, however it went, nobody is left to stop this process.
 */
process.once('disconnect', () => process.exit(1))
// Listening to it must not keep a process that has stopped.
process.channel?.unref()
