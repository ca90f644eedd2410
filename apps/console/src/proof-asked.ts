/** Whether the server waits for a proof of who is signed in. The dialog opened last asks for it: the page behind it is inert. */
type State = { asking: boolean; host: string | undefined }
let waiting: ((proven: boolean) => void)[] = []
let hosts: string[] = []
let state: State = { asking: false, host: undefined }
const listeners = new Set<() => void>()
function tell() {
  state = { asking: waiting.length > 0, host: hosts.at(-1) }
  for (const listener of listeners) listener()
}
export const proof = {
  ask: () =>
    new Promise<boolean>((resolve) => {
      waiting.push(resolve)
      tell()
    }),
  /** Everybody who waits goes on, or is told that it was not given. */
  settle(proven: boolean) {
    const all = waiting
    waiting = []
    tell()
    for (const one of all) one(proven)
  },
  enter(host: string) {
    hosts = [...hosts, host]
    tell()
    return () => {
      hosts = hosts.filter((one) => one !== host)
      tell()
    }
  },
  listen(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  state: () => state,
}
