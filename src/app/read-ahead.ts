/**
 * Reads a source ahead while the reader is busy, and gives what has come since it last looked, together: a reader that
 * is slower than its source works in larger portions. Stops reading ahead when what lies ready weighs `most`.
 *
 * @param weigh what an item weighs; one that weighs more than `most` is given alone
 * @throws what the source throws, after everything that came before it
 */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item>,
  weigh: (item: Item) => number,
  most: number,
): AsyncGenerator<Item[]> {
  const ready: Item[] = []
  let weight = 0
  let isOver = false as boolean
  let isLeft = false
  let turn = Promise.withResolvers<undefined>()
  const wake = () => {
    turn.resolve(undefined)
    turn = Promise.withResolvers()
  }
  const readAll = async () => {
    try {
      for await (const item of source) {
        while (weight > 0 && weight + weigh(item) > most && !isLeft) await turn.promise
        if (isLeft) return
        ready.push(item)
        weight += weigh(item)
        wake()
      }
    } finally {
      isOver = true
      wake()
    }
  }
  const reading = readAll()
  reading.catch(() => undefined)
  try {
    for (;;) {
      while (ready.length === 0 && !isOver) await turn.promise
      if (ready.length === 0) break
      const portion = ready.splice(0)
      weight = 0
      wake()
      yield portion
    }
    await reading
  } finally {
    isLeft = true
    wake()
  }
}
