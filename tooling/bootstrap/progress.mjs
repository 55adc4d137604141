// @ts-check

/**
 * One line a step: its name when it begins and how long it took when it ends; nothing for steps that had nothing to do.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now()
  process.stderr.write(`› ${title} …`)
  if (!process.stderr.isTTY) process.stderr.write('\n')
  const dots = process.stderr.isTTY ? setInterval(() => process.stderr.write('.'), 2000) : undefined
  try {
    const value = await work()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stderr.write(process.stderr.isTTY ? ` ${seconds} s\n` : `  done: ${title} (${seconds} s)\n`)
    return value
  } catch (error) {
    process.stderr.write(' failed\n')
    throw error
  } finally {
    clearInterval(dots)
  }
}
