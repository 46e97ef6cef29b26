/** A function that runs `work` once per turn of the event loop, however often it is called. */
export function coalesce(work: () => void): () => void {
  let scheduled = false
  return () => {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      work()
    })
  }
}
