/** What the drawings share: a sheet of definitions, colours made lighter and darker, shadows, cloth that lies flat. */
import { chanceFrom } from '#kernel/ids'

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

export function mix(one: string, other: string, share: number): string {
  const [from, to] = [channels(one), channels(other)]
  const hex = from.map((value, at) =>
    Math.round(value + (to[at]! - value) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}
export const light = (hex: string, share: number) => mix(hex, '#FFFDF8', share)
export const dark = (hex: string, share: number) => mix(hex, '#2A211A', share)
export const isPale = (hex: string) => channels(hex).reduce((sum, value) => sum + value, 0) > 600

export type Point = [x: number, y: number]

/** One sheet of drawing: collects definitions and gives each its own name. */
export class Sheet {
  readonly definitions: string[] = []
  readonly roll: () => number
  constructor(seed: number) {
    this.roll = chanceFrom(seed)
  }
  define(make: (id: string) => string): string {
    const id = `d${this.definitions.length}`
    this.definitions.push(make(id))
    return `url(#${id})`
  }
  between(low: number, high: number): number {
    return low + (high - low) * this.roll()
  }
  stops(stops: [at: number, colour: string, opacity?: number][]): string {
    return stops
      .map(([at, hue, opacity = 1]) => `<stop offset="${at}" stop-color="${hue}" stop-opacity="${opacity}"/>`)
      .join('')
  }
  across(stops: [number, string, number?][]): string {
    return this.define((id) => `<linearGradient id="${id}">${this.stops(stops)}</linearGradient>`)
  }
  down(stops: [number, string, number?][]): string {
    return this.define(
      (id) => `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${this.stops(stops)}</linearGradient>`,
    )
  }
  slant(stops: [number, string, number?][]): string {
    return this.define(
      (id) => `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="1">${this.stops(stops)}</linearGradient>`,
    )
  }
  /** Light from the upper left on something round. */
  round(hue: string): string {
    return this.across([
      [0, dark(hue, 0.22)],
      [0.14, dark(hue, 0.04)],
      [0.32, light(hue, 0.34)],
      [0.55, hue],
      [0.84, dark(hue, 0.24)],
      [1, dark(hue, 0.34)],
    ])
  }
  weave(hue: string, size = 6): string {
    return this.define(
      (
        id,
      ) => `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(2)">
      <path d="M0 ${size / 4}H${size}M0 ${(size * 3) / 4}H${size}" stroke="${dark(hue, 0.5)}" stroke-width="${size / 5}" opacity=".1"/>
      <path d="M${size / 4} 0V${size}" stroke="${light(hue, 0.8)}" stroke-width="${size / 5}" opacity=".16"/></pattern>`,
    )
  }
  clip(shape: string): string {
    return this.define((id) => `<clipPath id="${id}">${shape}</clipPath>`)
  }
}

export const blur = (amount: number) => `filter="url(#blur${amount})"`

export function shadow(x: number, y: number, wide: number, high: number): string {
  return `<ellipse cx="${x + wide * 0.14}" cy="${y}" rx="${wide * 1.12}" ry="${high}" fill="#4A3B2A" opacity=".28" ${blur(14)}/>
    <ellipse cx="${x + 4}" cy="${y - 2}" rx="${wide * 0.9}" ry="${high * 0.5}" fill="#3A2C1E" opacity=".34" ${blur(5)}/>`
}

/** A soft shadow of something that lies flat. */
export const lying = (path: string) =>
  `<path d="${path}" transform="translate(9 13)" fill="#4A3B2A" opacity=".34" ${blur(9)}/>`

/** Cloth lying flat: colour, weave and soft folds. */
export function cloth(sheet: Sheet, path: string, hue: string, folds: string[] = [], weave = 6): string {
  const clip = sheet.clip(`<path d="${path}"/>`)
  const fall = sheet.slant([
    [0, light(hue, 0.22)],
    [0.5, hue],
    [1, dark(hue, 0.13)],
  ])
  const lines = folds.map(
    (
      fold,
    ) => `<path d="${fold}" transform="translate(7 3)" stroke="${dark(hue, 0.6)}" stroke-width="16" opacity=".2" fill="none" ${blur(5)}/>
    <path d="${fold}" transform="translate(-6 -2)" stroke="${light(hue, 0.9)}" stroke-width="12" opacity=".26" fill="none" ${blur(5)}/>`,
  )
  return `${lying(path)}<path d="${path}" fill="${fall}"/><g clip-path="${clip}"><path d="${path}" fill="${sheet.weave(hue, weave)}"/>${lines.join('')}</g>
    <path d="${path}" fill="none" stroke="${dark(hue, 0.35)}" stroke-width="1.5" opacity=".45"/>`
}

export const rotate = (degrees: number, drawing: string, x = 320, y = 320) =>
  `<g transform="rotate(${degrees} ${x} ${y})">${drawing}</g>`
export const move = (x: number, y: number, drawing: string, scale = 1) =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${drawing}</g>`

export const seam = (path: string, hue: string) =>
  `<path d="${path}" fill="none" stroke="${dark(hue, 0.5)}" stroke-width="2" opacity=".5"/>`
export const stitch = (path: string, hue: string) =>
  `<path d="${path}" fill="none" stroke="${isPale(hue) ? dark(hue, 0.4) : light(hue, 0.5)}" stroke-width="2" stroke-dasharray="6 4" opacity=".55"/>`
