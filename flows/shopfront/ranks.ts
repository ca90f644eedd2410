/** What filters look at, beside each other: a scan touches numbers, not objects. */
export type Figures = { min: Int32Array; max: Int32Array; free: Int32Array }

/** Numbers in order, some of them more than once: how many lie up to a figure is one search, and one more or less a move of memory. */
class Sorted {
  readonly #numbers: Int32Array
  #size: number
  constructor(numbers: Int32Array, size: number) {
    this.#numbers = numbers
    this.#size = size
    numbers.subarray(0, size).sort()
  }
  upTo(most: number): number {
    let low = 0
    for (let high = this.#size; low < high;) {
      const middle = (low + high) >> 1
      if (this.#numbers[middle]! > most) high = middle
      else low = middle + 1
    }
    return low
  }
  add(n: number): void {
    const at = this.upTo(n)
    this.#numbers.copyWithin(at + 1, at, this.#size++)
    this.#numbers[at] = n
  }
  remove(n: number): void {
    this.#numbers.copyWithin(this.upTo(n) - 1, this.upTo(n), this.#size--)
  }
}
/**
 * How many products of a list lie between two prices, without looking at each: whoever begins below the upper one, less whoever
 * ends below the lower one. A list of a hundred thousand is counted like one of ten.
 */
export class Ranks {
  readonly #all: { begin: Sorted; end: Sorted }
  readonly #inStock: { begin: Sorted; end: Sorted }
  constructor({ min, max, free }: Figures) {
    this.#all = { begin: new Sorted(min.slice(), min.length), end: new Sorted(max.slice(), max.length) }
    const [begins, ends] = [new Int32Array(min.length), new Int32Array(min.length)]
    let n = 0
    for (let i = 0; i < min.length; i++)
      if (free[i]! > 0) {
        begins[n] = min[i]!
        ends[n++] = max[i]!
      }
    this.#inStock = { begin: new Sorted(begins, n), end: new Sorted(ends, n) }
  }
  /** `from` is not above `to`; -Infinity and Infinity are no bounds. */
  count(from: number, to: number, isFree: boolean): number {
    const { begin, end } = isFree ? this.#inStock : this.#all
    return begin.upTo(to) - end.upTo(from - 1)
  }
  add(min: number, max: number, free: number): void {
    this.#all.begin.add(min)
    this.#all.end.add(max)
    if (free <= 0) return
    this.#inStock.begin.add(min)
    this.#inStock.end.add(max)
  }
  remove(min: number, max: number, free: number): void {
    this.#all.begin.remove(min)
    this.#all.end.remove(max)
    if (free <= 0) return
    this.#inStock.begin.remove(min)
    this.#inStock.end.remove(max)
  }
}
