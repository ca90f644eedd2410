/** A keep-alive client that costs little: one request at a time on a socket, answers by content-length. */
import net from 'node:net'

export type Reply = { status: number; body: Buffer; head: string }
export class Socket {
  readonly #socket: net.Socket
  #waiting: { resolve: (r: Reply) => void; reject: (e: Error) => void } | undefined
  #chunks: Buffer[] = []
  #size = 0
  #need = -1
  #headEnd = 0
  readonly #host: string
  private constructor(socket: net.Socket, host: string) {
    this.#socket = socket
    this.#host = host
    socket.setNoDelay(true)
    socket.on('data', (d) => this.#data(d as Buffer))
    socket.on('error', (e) => this.#waiting?.reject(e))
    socket.on('close', () => this.#waiting?.reject(new Error('closed')))
  }
  static open(url: string): Promise<Socket> {
    const { hostname, port, host } = new URL(url)
    return new Promise((resolve, reject) => {
      const s = net.connect(Number(port), hostname, () => resolve(new Socket(s, host)))
      s.once('error', reject)
    })
  }
  ask(method: string, path: string, body?: string, headers = ''): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      const payload =
        body === undefined
          ? ''
          : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${payload}${headers}\r\n${body ?? ''}`,
      )
    })
  }
  #data(d: Buffer) {
    this.#chunks.push(d)
    this.#size += d.length
    if (this.#need < 0) {
      const all = this.#chunks.length === 1 ? d : Buffer.concat(this.#chunks)
      this.#chunks = [all]
      const end = all.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = all.toString('latin1', 0, end)
      const m = /content-length: (\d+)/i.exec(head)
      if (!m) return this.#waiting?.reject(new Error(`no length: ${head.slice(0, 200)}`))
      this.#headEnd = end + 4
      this.#need = this.#headEnd + Number(m[1])
    }
    if (this.#size < this.#need) return
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    const reply: Reply = {
      status: Number(all.toString('latin1', 9, 12)),
      head: all.toString('latin1', 0, this.#headEnd),
      body: all.subarray(this.#headEnd, this.#need),
    }
    this.#chunks = []
    this.#size = 0
    this.#need = -1
    const { resolve } = this.#waiting!
    this.#waiting = undefined
    resolve(reply)
  }
  close() {
    this.#waiting = undefined
    this.#socket.destroy()
  }
}
