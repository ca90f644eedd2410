/**
 * Draws the sample pictures: one parametric drawing a product, written to sample/pictures as WebP.
 * Run it by hand after a change (`node sample/draw.ts`, with words that a product's code must contain, and with
 * `contact.png` for a sheet of them);
 * its results are committed, so that a start needs neither this file nor an image library.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import sharp, { type OverlayOptions } from 'sharp'
import { clothOf } from './clothes.ts'
import { sample } from './index.ts'
import { range, type Ranged } from './range.ts'
import { colourOf, type ColourCode } from './shape.ts'
import {
  Sheet,
  blur,
  cloth,
  dark,
  isPale,
  light,
  lying,
  mix,
  move,
  rotate,
  seam,
  shadow,
  stitch,
  type Point,
} from './sheet.ts'

const side = 640
/** As large as what `render.ts` makes. */
const tracedSide = 480
const bytesMost = 12_000

const box = (x: number, y: number, wide: number, high: number, bend = 0) =>
  `M${x} ${y}q${wide / 2} ${-bend} ${wide} 0q${bend} ${high / 2} 0 ${high}q${-wide / 2} ${bend} ${-wide} 0q${-bend} ${-high / 2} 0 ${-high}z`

type Vessel = {
  x: number
  y: number /* where it stands */
  high: number
  top: number
  bottom: number /* radii */
  hue: string
  belly?: number
  inside?: string
  handle?: boolean
  bare?: boolean
  speckled?: boolean
  tilt?: number
}

/** Something thrown on a wheel: cup, bowl, pot, jar. */
function vessel(sheet: Sheet, v: Vessel): string {
  const { x, y, high, top, bottom, hue } = v
  const tilt = v.tilt ?? 0.26
  const belly = v.belly ?? 0
  const rim = y - high
  const [rimHigh, footHigh] = [top * tilt, bottom * tilt]
  const flank = (from: number, way: 1 | -1) =>
    way === 1
      ? `C${x + top + belly * 0.6} ${rim + high * 0.42} ${x + bottom + belly} ${y - high * 0.22} ${x + bottom} ${y}`
      : `C${x - bottom - belly} ${y - high * 0.22} ${x - top - belly * 0.6} ${rim + high * 0.42} ${x - top} ${from}`
  const body = `M${x - top} ${rim}A${top} ${rimHigh} 0 0 0 ${x + top} ${rim}${flank(rim, 1)}A${bottom} ${footHigh} 0 0 1 ${x - bottom} ${y}${flank(rim, -1)}z`
  const whole = `M${x - top} ${rim}A${top} ${rimHigh} 0 0 1 ${x + top} ${rim}${flank(rim, 1)}A${bottom} ${footHigh} 0 0 1 ${x - bottom} ${y}${flank(rim, -1)}z`
  const clip = sheet.clip(`<path d="${whole}"/>`)
  const clay = isPale(hue) ? '#CDB899' : '#B79F80'
  const specks =
    v.speckled === false
      ? ''
      : Array.from(
          { length: 26 },
          () =>
            `<circle cx="${sheet.between(x - top, x + top).toFixed(0)}" cy="${sheet.between(rim, y).toFixed(0)}" r="${sheet.between(0.7, 1.9).toFixed(1)}"/>`,
        ).join('')
  const handleX = x + (top + bottom) / 2 + belly * 0.5
  const grip = (width: number, stroke: string) =>
    `<path d="M${handleX - 14} ${rim + high * 0.26}c${high * 0.52} ${-high * 0.12} ${high * 0.56} ${high * 0.6} ${-4} ${high * 0.46}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`
  const handle = v.handle
    ? grip(high * 0.14, dark(hue, 0.3)) +
      grip(high * 0.1, dark(hue, 0.06)) +
      `<g transform="translate(-3 -3)" opacity=".5">${grip(high * 0.03, light(hue, 0.7))}</g>`
    : ''
  return `${shadow(x, y + footHigh * 0.4, bottom + belly * 0.6, footHigh * 0.9 + 8)}${handle}
    <path d="${whole}" fill="${sheet.round(hue)}"/>
    <g clip-path="${clip}">
      ${v.bare === false ? '' : `<path d="M${x - top * 2} ${y - high * 0.12}q${top} ${footHigh * 2.1} ${top * 4} ${-high * 0.01}V${y + 60}H${x - top * 2}z" fill="${sheet.round(clay)}"/>`}
      <g fill="${dark(hue, 0.6)}" opacity=".34">${specks}</g>
      <path d="${body}" fill="${sheet.down([
        [0, '#FFFFFF', 0.14],
        [0.5, '#FFFFFF', 0],
        [1, '#2A1D10', 0.24],
      ])}"/>
      <ellipse cx="${x - top * 0.5}" cy="${rim + high * 0.46}" rx="${top * 0.09}" ry="${high * 0.3}" fill="#FFFFFF" opacity="${isPale(hue) ? 0.75 : 0.38}" ${blur(5)}/>
    </g>
    <ellipse cx="${x}" cy="${rim}" rx="${top}" ry="${rimHigh}" fill="${light(hue, 0.3)}"/>
    <ellipse cx="${x}" cy="${rim + 2}" rx="${top * 0.94}" ry="${rimHigh * 0.9}" fill="${sheet.across([
      [0, dark(v.inside ?? hue, 0.4)],
      [0.55, dark(v.inside ?? hue, 0.12)],
      [1, light(v.inside ?? hue, 0.15)],
    ])}"/>`
}

/** Something of glass; `fill` is what stands in it. */
function glass(
  sheet: Sheet,
  x: number,
  y: number,
  high: number,
  top: number,
  bottom: number,
  fill?: { hue: string; level: number },
): string {
  const rim = y - high
  const path = `M${x - top} ${rim}C${x - top} ${y - high * 0.4} ${x - bottom} ${y - 30} ${x - bottom} ${y}A${bottom} ${bottom * 0.24} 0 0 0 ${x + bottom} ${y}C${x + bottom} ${y - 30} ${x + top} ${y - high * 0.4} ${x + top} ${rim}`
  const clip = sheet.clip(`<path d="${path}z"/>`)
  const surface = y - high * (fill?.level ?? 0)
  const inside = fill
    ? `<g clip-path="${clip}"><rect x="${x - top}" y="${surface}" width="${top * 2}" height="${high}" fill="${sheet.round(fill.hue)}" opacity=".88"/><ellipse cx="${x}" cy="${surface}" rx="${top * 0.96}" ry="${top * 0.2}" fill="${light(fill.hue, 0.25)}"/></g>`
    : ''
  return `${shadow(x, y + 6, bottom, bottom * 0.3)}
    <path d="${path}z" fill="${sheet.across([
      [0, '#8FA3A6', 0.55],
      [0.12, '#FFFFFF', 0.5],
      [0.3, '#EAF1F0', 0.22],
      [0.75, '#DCE7E6', 0.26],
      [0.92, '#FFFFFF', 0.6],
      [1, '#7F9598', 0.6],
    ])}"/>${inside}
    <g clip-path="${clip}"><ellipse cx="${x}" cy="${y - 4}" rx="${bottom * 0.94}" ry="${bottom * 0.26}" fill="#FFFFFF" opacity=".55"/><ellipse cx="${x + 6}" cy="${y + 4}" rx="${bottom * 0.7}" ry="${bottom * 0.12}" fill="#5F7A80" opacity=".4" ${blur(5)}/>
    <path d="M${x - top * 0.66} ${rim + 24}L${x - bottom * 0.72} ${y - 24}" stroke="#FFFFFF" stroke-width="11" opacity=".65" stroke-linecap="round" ${blur(2)}/></g>
    <ellipse cx="${x}" cy="${rim}" rx="${top}" ry="${top * 0.22}" fill="#FFFFFF" fill-opacity=".2" stroke="#93A6A8" stroke-width="2.5"/><path d="M${x - top} ${rim}A${top} ${top * 0.22} 0 0 0 ${x + top} ${rim}" fill="none" stroke="#FFFFFF" stroke-width="2" opacity=".9"/>`
}

function plate(sheet: Sheet, x: number, y: number, wide: number, hue: string, tilt = 0.42): string {
  const high = wide * tilt
  return `${shadow(x, y + high * 0.5, wide * 0.92, high * 0.7)}
    <ellipse cx="${x}" cy="${y + wide * 0.07}" rx="${wide * 0.97}" ry="${high}" fill="${sheet.round(dark(hue, 0.16))}"/>
    <ellipse cx="${x}" cy="${y}" rx="${wide}" ry="${high}" fill="${sheet.across([
      [0, light(hue, 0.3)],
      [0.5, hue],
      [1, dark(hue, 0.16)],
    ])}"/>
    <ellipse cx="${x}" cy="${y}" rx="${wide - 2}" ry="${high - 2}" fill="none" stroke="${isPale(hue) ? '#B39B78' : '#C9B08C'}" stroke-width="3" opacity=".7"/>
    <ellipse cx="${x}" cy="${y + 4}" rx="${wide * 0.8}" ry="${high * 0.78}" fill="${sheet.across([
      [0, dark(hue, 0.2)],
      [0.3, dark(hue, 0.06)],
      [1, light(hue, 0.22)],
    ])}"/>
    <ellipse cx="${x}" cy="${y + 8}" rx="${wide * 0.72}" ry="${high * 0.7}" fill="${sheet.slant([
      [0, dark(hue, 0.06)],
      [1, light(hue, 0.2)],
    ])}"/>
    <ellipse cx="${x - wide * 0.28}" cy="${y - high * 0.2}" rx="${wide * 0.3}" ry="${high * 0.16}" fill="#FFFFFF" opacity="${isPale(hue) ? 0.6 : 0.22}" ${blur(9)}/>`
}

/** A long round thing lying flat: chopsticks, spoon handles, pens. */
function stick(
  sheet: Sheet,
  from: Point,
  to: Point,
  thick: number,
  thin: number,
  hue: string,
  tip?: string,
): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const long = Math.hypot(dx, dy)
  const turn = (Math.atan2(dy, dx) * 180) / Math.PI
  const path = `M0 ${-thick / 2}L${long} ${-thin / 2}q${thin / 2} ${thin / 2} 0 ${thin}L0 ${thick / 2}q${-thick / 2} ${-thick / 2} 0 ${-thick}z`
  const grain = sheet.down([
    [0, light(hue, 0.35)],
    [0.45, hue],
    [1, dark(hue, 0.4)],
  ])
  return `<g transform="translate(${from[0]} ${from[1]}) rotate(${turn})"><g transform="rotate(${-turn}) translate(6 9) rotate(${turn})"><path d="${path}" fill="#4A3B2A" opacity=".4" ${blur(5)}/></g><path d="${path}" fill="${grain}"/>${tip ? `<path d="M${long * 0.84} ${-thin * 0.62}L${long} ${-thin / 2}q${thin / 2} ${thin / 2} 0 ${thin}L${long * 0.84} ${thin * 0.62}z" fill="${tip}" opacity=".55"/>` : ''}</g>`
}

/** Folded cloths in a pile, the open edges hidden. */
function pile(
  sheet: Sheet,
  hues: string[],
  x: number,
  bottom: number,
  wide: number,
  thick: number,
  layers = 2,
): string {
  return (
    shadow(x, bottom + 4, wide * 0.52, 26) +
    hues
      .map((hue, at) => {
        const y = bottom - thick * (at + 1)
        const shift = sheet.between(-7, 7)
        const w = wide + sheet.between(-10, 10)
        const left = x - w / 2 + shift
        const path = `M${left + 12} ${y}H${left + w - 22}q22 0 22 ${thick / 2}q0 ${thick / 2} -22 ${thick / 2}H${left + 12}q-12 -2 -12 ${-thick / 2}q0 ${-thick / 2 + 2} 12 ${-thick / 2}z`
        const clip = sheet.clip(`<path d="${path}"/>`)
        const folds = Array.from({ length: layers }, (_, layer) => {
          const at = y + (thick * (layer + 1)) / (layers + 1)
          return `<path d="M${left} ${at}q${w * 0.4} ${sheet.between(-4, 5)} ${w - 16} 0" fill="none" stroke="${dark(hue, 0.55)}" stroke-width="2.4" opacity=".45"/><path d="M${left} ${at + 4}q${w * 0.4} 3 ${w - 16} 0" fill="none" stroke="${light(hue, 0.8)}" stroke-width="2" opacity=".4"/>`
        }).join('')
        return `<path d="${path}" fill="${sheet.down([
          [0, light(hue, 0.34)],
          [0.4, hue],
          [1, dark(hue, 0.24)],
        ])}"/><g clip-path="${clip}"><path d="${path}" fill="${sheet.weave(hue, 7)}"/>${folds}<rect x="${left + w - 60}" y="${y}" width="70" height="${thick}" fill="${sheet.across(
          [
            [0, '#000', 0],
            [1, '#20160C', 0.26],
          ],
        )}"/></g><path d="M${left + 10} ${y + thick - 1}H${left + w - 14}" stroke="${dark(hue, 0.7)}" stroke-width="3" opacity=".3" ${blur(2)}/>`
      })
      .join('')
  )
}

/** A paper label with lines that suggest words. */
function label(x: number, y: number, wide: number, high: number, hue: string, mark = '凪'): string {
  return `<rect x="${x - wide / 2}" y="${y - high / 2}" width="${wide}" height="${high}" rx="3" fill="#FBF7EE"/><rect x="${x - wide / 2 + 6}" y="${y - high / 2 + 6}" width="${wide - 12}" height="${high - 12}" rx="2" fill="none" stroke="${hue}" stroke-width="1.6" opacity=".7"/>
    <text x="${x}" y="${y + (high > wide ? -high * 0.08 : high * 0.02)}" font-family="Noto Serif CJK JP" font-weight="700" font-size="${Math.min(wide, high) * 0.4}" text-anchor="middle" fill="${dark(hue, 0.25)}">${mark}</text>
    <path d="M${x - wide * 0.24} ${y + high * 0.19}h${wide * 0.48}M${x - wide * 0.16} ${y + high * 0.27}h${wide * 0.32}" stroke="${hue}" stroke-width="2.5" opacity=".55"/>`
}

/** A pouch that stands: tea, coffee, granola, rice. */
function pouch(
  sheet: Sheet,
  x: number,
  y: number,
  wide: number,
  high: number,
  hue: string,
  mark: string,
  ink: string,
): string {
  const [half, top] = [wide / 2, y - high]
  const path = `M${x - half} ${top}H${x + half}L${x + half - 5} ${top + 40}C${x + half - 10} ${y - high * 0.6} ${x + half + 12} ${y - high * 0.3} ${x + half - 2} ${y}Q${x} ${y + 24} ${x - half + 2} ${y}C${x - half - 12} ${y - high * 0.3} ${x - half + 10} ${y - high * 0.6} ${x - half + 5} ${top + 40}z`
  return `${shadow(x, y + 8, half, 20)}<path d="${path}" fill="${sheet.round(hue)}"/><path d="${path}" fill="${sheet.down(
    [
      [0, '#FFFFFF', 0.2],
      [0.2, '#FFFFFF', 0],
      [0.75, '#000000', 0],
      [1, '#20160C', 0.24],
    ],
  )}"/>
    <path d="M${x - half + 4} ${top + 40}H${x + half - 4}" stroke="${dark(hue, 0.5)}" stroke-width="2" opacity=".4"/><path d="M${x} ${top + 44}l${-half * 0.5} 40M${x} ${top + 44}l${half * 0.5} 40" stroke="${light(hue, 0.7)}" stroke-width="10" opacity=".22" ${blur(5)}/><path d="M${x - half + 4} ${top + 12}H${x + half - 4}" stroke="${dark(hue, 0.5)}" stroke-width="1.5" opacity=".25" stroke-dasharray="5 4"/>
    <path d="M${x - half * 0.72} ${y - high * 0.3}q14 60 4 ${high * 0.26}M${x + half * 0.78} ${y - high * 0.5}q-16 70 2 ${high * 0.4}" fill="none" stroke="${dark(hue, 0.6)}" stroke-width="9" opacity=".16" ${blur(5)}/>
    ${label(x, y - high * 0.45, wide * 0.58, high * 0.4, ink, mark)}`
}

function bottle(
  sheet: Sheet,
  x: number,
  y: number,
  wide: number,
  high: number,
  hue: string,
  mark: string,
  ink: string,
  neck = 0.28,
): string {
  const [half, slim] = [wide / 2, wide * neck * 0.5]
  const [shoulder, cap] = [y - high * 0.58, y - high]
  const path = `M${x - slim} ${cap + 30}L${x - slim} ${shoulder - high * 0.12}C${x - slim} ${shoulder - 20} ${x - half} ${shoulder - 14} ${x - half} ${shoulder + 34}V${y - 8}Q${x - half} ${y + 10} ${x} ${y + 11}Q${x + half} ${y + 10} ${x + half} ${y - 8}V${shoulder + 34}C${x + half} ${shoulder - 14} ${x + slim} ${shoulder - 20} ${x + slim} ${shoulder - high * 0.12}V${cap + 30}z`
  return `${shadow(x, y + 6, half, 17)}<path d="${path}" fill="${sheet.round(hue)}"/><path d="M${x - half * 0.62} ${shoulder + 26}V${y - 26}" stroke="#FFFFFF" stroke-width="${wide * 0.07}" opacity=".42" stroke-linecap="round" ${blur(2)}/>
    <rect x="${x - slim - 3}" y="${cap}" width="${slim * 2 + 6}" height="${high * 0.1}" rx="4" fill="${sheet.round(ink)}"/>${label(x, y - high * 0.27, wide * 0.68, high * 0.36, ink, mark)}`
}

/** A jar with a lid and a label: jam, honey, salt. */
function jar(
  sheet: Sheet,
  x: number,
  y: number,
  wide: number,
  high: number,
  hue: string,
  mark: string | null,
  lid: string,
): string {
  const half = wide / 2
  const top = y - high
  const path = `M${x - half} ${top + 16}Q${x - half} ${top} ${x - half + 16} ${top}H${x + half - 16}Q${x + half} ${top} ${x + half} ${top + 16}V${y - 16}Q${x + half} ${y + 9} ${x} ${y + 11}Q${x - half} ${y + 9} ${x - half} ${y - 16}z`
  return `${shadow(x, y + 6, half, 20)}<path d="${path}" fill="${sheet.round(hue)}"/><path d="M${x - half * 0.74} ${top + 24}V${y - 22}" stroke="#FFFFFF" stroke-width="9" opacity=".55" stroke-linecap="round" ${blur(2)}/>
    <rect x="${x - half + 5}" y="${top - high * 0.17}" width="${wide - 10}" height="${high * 0.2}" rx="6" fill="${sheet.round(lid)}"/><ellipse cx="${x}" cy="${top - high * 0.165}" rx="${half - 6}" ry="${half * 0.13}" fill="${light(lid, 0.25)}"/>${mark === null ? '' : label(x, top + high * 0.54, wide * 0.62, high * 0.5, dark(hue, 0.3), mark)}`
}

const torso = 'M236 140C262 150 282 156 320 156C358 156 378 150 404 140'

function tee(sheet: Sheet, hue: string): string {
  const path = `${torso}L470 172C500 190 524 232 540 288L474 314L456 270C452 340 454 430 460 524Q320 540 180 524C186 430 188 340 184 270L166 314L100 288C116 232 140 190 170 172z`
  return (
    cloth(
      sheet,
      path,
      hue,
      [
        'M196 280q60 60 40 240',
        'M440 280q-50 90 -30 240',
        'M300 330q40 90 10 200',
        'M190 200q30 40 0 90',
        'M452 200q-30 40 0 90',
      ],
      4,
    ) +
    `<path d="M236 140C254 204 386 204 404 140C380 168 260 168 236 140z" fill="${dark(hue, 0.24)}"/><path d="M236 140C250 196 390 196 404 140L416 145C396 216 244 216 224 145z" fill="${light(hue, 0.1)}" stroke="${dark(hue, 0.4)}" stroke-width="1.4" stroke-opacity=".5"/>` +
    stitch('M182 510Q320 526 458 510', hue) +
    stitch('M112 282L172 305M528 282L468 305', hue) +
    seam('M176 176q24 40 10 96M464 176q-24 40 -10 96', hue)
  )
}

function shirt(sheet: Sheet, hue: string): string {
  const sleeve = (way: 1 | -1) => {
    const at = (x: number) => 320 + way * x
    return (
      cloth(
        sheet,
        `M${at(120)} 168C${at(166)} 182 ${at(192)} 250 ${at(212)} 470L${at(152)} 482C${at(146)} 380 ${at(136)} 320 ${at(118)} 282z`,
        hue,
        [`M${at(150)} 230q${way * 30} 100 ${way * 30} 240`],
        5,
      ) + seam(`M${at(211)} 446L${at(151)} 458`, hue)
    )
  }
  const body = `M244 136L396 136L446 166C458 290 460 420 466 534Q320 552 174 534C180 420 182 290 194 166z`
  return (
    sleeve(-1) +
    sleeve(1) +
    cloth(
      sheet,
      body,
      hue,
      [
        'M216 240q40 120 10 300',
        'M430 240q-30 120 -6 300',
        'M270 220q30 150 0 320',
        'M376 220q-20 150 10 320',
      ],
      5,
    ) +
    seam('M320 190V540M338 196V540', hue) +
    [230, 292, 354, 416, 478]
      .map((y) => `<circle cx="329" cy="${y}" r="5.5" fill="#FAF6EC" stroke="#8D7F68" stroke-width="1.2"/>`)
      .join('') +
    `<path d="M246 134Q320 176 394 134L372 118Q320 138 268 118z" fill="${dark(hue, 0.26)}"/><path d="M266 116L246 136L262 204L322 176Q278 152 266 116zM374 116L394 136L382 206L322 176Q362 152 374 116z" fill="${light(hue, 0.18)}" stroke="${dark(hue, 0.4)}" stroke-width="1.6" stroke-opacity=".6"/>` +
    `<path d="M366 262h58v60q-29 16 -58 0z" fill="${light(hue, 0.05)}" stroke="${dark(hue, 0.4)}" stroke-width="1.6" stroke-opacity=".55"/>`
  )
}

function cardigan(sheet: Sheet, hue: string): string {
  const rib = sheet.define(
    (id) =>
      `<pattern id="${id}" width="11" height="11" patternUnits="userSpaceOnUse"><path d="M3 0V11" stroke="${dark(hue, 0.6)}" stroke-width="3" opacity=".2"/><path d="M7.500 0V11" stroke="${light(hue, 0.8)}" stroke-width="2.500" opacity=".16"/></pattern>`,
  )
  const sleeve = (way: 1 | -1) => {
    const at = (x: number) => 320 + way * x
    const path = `M${at(118)} 160C${at(170)} 176 ${at(198)} 250 ${at(214)} 476L${at(156)} 490C${at(148)} 390 ${at(136)} 330 ${at(116)} 280z`
    return (
      `${cloth(sheet, path, hue)}<path d="${path}" fill="${rib}"/>` +
      seam(`M${at(212)} 440L${at(152)} 452`, hue)
    )
  }
  const body = 'M252 132L388 132L442 160C452 290 452 420 456 520Q320 534 184 520C188 420 188 290 198 160z'
  return (
    sleeve(-1) +
    sleeve(1) +
    cloth(sheet, body, hue, ['M220 260q20 120 4 250', 'M424 260q-20 120 0 250']) +
    `<path d="${body}" fill="${rib}"/>` +
    `<path d="M254 132C268 200 296 260 320 300C344 260 372 200 386 132C350 146 290 146 254 132z" fill="#E9DFCF"/><path d="M262 138C276 196 300 246 320 280C340 246 364 196 378 138C350 152 290 152 262 138z" fill="${dark(hue, 0.42)}"/>` +
    `<path d="M254 132C268 200 294 258 310 296V524H330V296C346 258 372 200 386 132L402 140C388 214 356 282 344 312V526H296V312C284 282 252 214 238 140z" fill="${light(hue, 0.12)}" stroke="${dark(hue, 0.45)}" stroke-width="1.5" stroke-opacity=".6"/>` +
    seam('M184 488Q320 500 456 488', hue) +
    [330, 380, 430, 480]
      .map(
        (y) =>
          `<circle cx="320" cy="${y}" r="8" fill="#6B4A36"/><circle cx="318" cy="${y - 2}" r="3" fill="#A9866B"/>`,
      )
      .join('')
  )
}

function trousers(sheet: Sheet, hue: string): string {
  const path = 'M232 104H408C418 200 442 360 452 548L344 556L320 300L296 556L188 548C198 360 222 200 232 104z'
  return (
    cloth(
      sheet,
      path,
      hue,
      [
        'M250 190q-10 200 -24 360',
        'M392 190q10 200 24 360',
        'M296 170q20 60 24 130',
        'M276 300q6 120 -6 250',
        'M366 300q-6 120 6 250',
      ],
      5,
    ) +
    seam('M230 134H410', hue) +
    seam('M320 134V300', hue) +
    seam('M240 140q-4 60 -26 84M400 140q4 60 26 84', hue) +
    stitch('M189 532L296 540M344 540L451 532', hue) +
    `<circle cx="320" cy="120" r="7" fill="#EFE6D4" stroke="#8D7F68"/>`
  )
}

type Drawing = (sheet: Sheet) => string
const c = (code: ColourCode) => colourOf(code)
const fruit = { strawberry: '#B33A3A', yuzu: '#E2B33C', fig: '#7A4A55' }

const apron: Drawing = (s) => {
  const hue = c('indigo')
  return (
    `<path d="M262 150C240 60 400 60 378 150" fill="none" stroke="${dark(hue, 0.2)}" stroke-width="11"/><path d="M190 320C120 330 96 380 112 430M450 320C520 330 544 380 528 430" fill="none" stroke="${dark(hue, 0.15)}" stroke-width="11" stroke-linecap="round"/>` +
    cloth(
      s,
      'M256 142H384C386 220 410 280 466 306L470 548Q320 562 170 548L174 306C230 280 254 220 256 142z',
      hue,
      ['M220 330q20 100 -4 220', 'M420 330q-20 100 6 220', 'M300 200q30 160 10 160'],
      7,
    ) +
    `<path d="M222 388H418V488Q320 500 222 488z" fill="${light(hue, 0.06)}" stroke="${dark(hue, 0.45)}" stroke-width="2"/>` +
    stitch('M228 396H412M320 396V490', hue) +
    stitch('M264 154H376M180 536Q320 550 460 536', hue)
  )
}

const tote: Drawing = (s) => {
  const hue = c('natural')
  return (
    `${shadow(320, 548, 180, 24)}<path d="M250 232C250 60 390 60 390 232" fill="none" stroke="${dark(hue, 0.32)}" stroke-width="20"/><path d="M232 232C232 40 408 40 408 232" fill="none" stroke="${dark(hue, 0.05)}" stroke-width="20"/>` +
    cloth(
      s,
      'M150 220Q320 208 490 220L508 530Q320 556 132 530z',
      hue,
      ['M200 250q30 140 -10 290', 'M440 250q-30 140 10 290', 'M320 300q14 120 -6 240'],
      8,
    ) +
    `<path d="M139 410Q320 430 501 410L508 530Q320 556 132 530z" fill="${c('indigo')}" opacity=".88"/><path d="M139 410Q320 430 501 410L508 530Q320 556 132 530z" fill="${s.weave(c('indigo'), 8)}"/>` +
    stitch('M152 240Q320 228 488 240', hue) +
    stitch('M140 422Q320 442 500 422', c('indigo'))
  )
}

const teapot: Drawing = (s) => {
  const hue = c('charcoal')
  const spout = `M178 352C138 346 118 312 104 282L134 272C146 300 164 318 196 322z`
  const grip = 'M440 350L560 300Q580 296 582 316Q582 330 566 336L452 392z'
  return `${shadow(316, 468, 150, 32)}<path d="${spout}" fill="${s.down([
    [0, light(hue, 0.3)],
    [1, dark(hue, 0.3)],
  ])}"/><path d="${grip}" fill="${s.down([
    [0, light(hue, 0.34)],
    [0.6, hue],
    [1, dark(hue, 0.4)],
  ])}"/>
    <path d="M164 360C164 290 230 254 316 254C402 254 468 290 468 360C468 424 410 470 316 470C222 470 164 424 164 360z" fill="${s.round(hue)}"/>
    <path d="M164 360C164 290 230 254 316 254C402 254 468 290 468 360C468 424 410 470 316 470C222 470 164 424 164 360z" fill="${s.down(
      [
        [0, '#FFFFFF', 0.2],
        [0.45, '#FFFFFF', 0],
        [1, '#000000', 0.4],
      ],
    )}"/>
    <ellipse cx="316" cy="270" rx="92" ry="24" fill="${dark(hue, 0.35)}"/><path d="M228 268C232 236 280 226 316 226C352 226 400 236 404 268C380 288 252 288 228 268z" fill="${s.round(light(hue, 0.06))}"/><circle cx="316" cy="216" r="19" fill="${s.round(light(hue, 0.1))}"/>
    <path d="M200 330Q230 284 300 278" fill="none" stroke="#FFFFFF" stroke-width="12" opacity=".3" stroke-linecap="round" ${blur(5)}/>`
}

/** What is drawn for each product. */
const drawings: Record<string, Drawing> = {
  'asanagi-mug': (s) =>
    vessel(s, { x: 420, y: 420, high: 150, top: 82, bottom: 72, hue: c('indigo'), handle: true }) +
    vessel(s, {
      x: 240,
      y: 490,
      high: 190,
      top: 104,
      bottom: 92,
      hue: c('white'),
      inside: '#E4DAC6',
      handle: true,
    }),
  'asanagi-mug-large': (s) =>
    vessel(s, {
      x: 290,
      y: 510,
      high: 270,
      top: 128,
      bottom: 112,
      hue: c('moss'),
      inside: '#8E9872',
      handle: true,
    }),
  'ippuku-teacup': (s) =>
    vessel(s, { x: 420, y: 420, high: 120, top: 80, bottom: 56, belly: 26, hue: c('moss') }) +
    vessel(s, {
      x: 236,
      y: 490,
      high: 150,
      top: 100,
      bottom: 68,
      belly: 32,
      hue: c('white'),
      inside: '#93A05B',
    }),
  'asanagi-plate': (s) =>
    plate(s, 330, 440, 240, c('white')) +
    plate(s, 326, 396, 190, c('indigo')) +
    plate(s, 322, 358, 130, c('white')),
  'oval-plate': (s) => plate(s, 350, 290, 190, c('ochre'), 0.36) + plate(s, 300, 430, 230, c('white'), 0.36),
  'small-dish': (s) => {
    const dish = (x: number, y: number, motif: string) =>
      plate(s, x, y, 112, c('white'), 0.8) + move(x, y + 6, motif)
    const petals = (count: number, hue: string, long: number) =>
      Array.from(
        { length: count },
        (_, at) =>
          `<ellipse cx="0" cy="${-long}" rx="${long * 0.56}" ry="${long * 0.72}" fill="${hue}" opacity=".85" transform="rotate(${(360 / count) * at})"/>`,
      ).join('') + `<circle r="${long * 0.3}" fill="#E2B33C"/>`
    const wave = [0, 1, 2]
      .map((row) =>
        [-1, 0, 1]
          .map((col) =>
            [26, 18, 10]
              .map(
                (r) =>
                  `<path d="M${col * 46 + (row % 2) * 23 - r} ${row * 22 - 14}a${r} ${r} 0 0 1 ${r * 2} 0" fill="none" stroke="#34507A" stroke-width="3"/>`,
              )
              .join(''),
          )
          .join(''),
      )
      .join('')
    const pine =
      [-30, 0, 30]
        .map(
          (x, at) =>
            `<path d="M${x - 30} ${at % 2 ? -4 : 20}a30 22 0 0 1 60 0z" fill="#56703F" opacity=".9"/>`,
        )
        .join('') + '<path d="M0 0V44" stroke="#6B4A36" stroke-width="6"/>'
    return (
      dish(190, 220, petals(5, '#B8495A', 26)) +
      dish(450, 220, move(0, 0, wave, 0.82)) +
      dish(190, 430, petals(7, '#C4662E', 26)) +
      dish(450, 430, pine)
    )
  },
  'rice-bowl': (s) =>
    vessel(s, { x: 430, y: 410, high: 104, top: 116, bottom: 46, belly: 26, hue: c('indigo') }) +
    vessel(s, {
      x: 226,
      y: 490,
      high: 130,
      top: 148,
      bottom: 56,
      belly: 34,
      hue: c('white'),
      inside: '#E9E0CF',
    }),
  'noodle-bowl': (s) =>
    vessel(s, {
      x: 320,
      y: 480,
      high: 190,
      top: 214,
      bottom: 86,
      belly: 60,
      hue: c('charcoal'),
      inside: '#5A5C60',
      tilt: 0.3,
    }),
  'soba-cup': (s) => {
    const cup = (x: number, y: number, k: number, pattern: string) => {
      const clip = s.clip(
        `<path d="M${x - 72 * k} ${y - 150 * k}L${x + 72 * k} ${y - 150 * k}L${x + 54 * k} ${y}A${54 * k} ${14 * k} 0 0 1 ${x - 54 * k} ${y}z"/>`,
      )
      return (
        vessel(s, {
          x,
          y,
          high: 150 * k,
          top: 76 * k,
          bottom: 58 * k,
          hue: '#F4F3EE',
          inside: '#E3E4E2',
          bare: false,
          speckled: false,
        }) + `<g clip-path="${clip}" opacity=".9">${move(x, y, pattern, k)}</g>`
      )
    }
    const ink = '#2F4F86'
    const stripes = [-60, -40, -20, 0, 20, 40, 60]
      .map((at) => `<path d="M${at * 1.15} -122L${at * 0.9} 8" stroke="${ink}" stroke-width="6"/>`)
      .join('')
    const dots = [0, 1, 2, 3]
      .map((row) =>
        [-2, -1, 0, 1, 2]
          .map(
            (col) =>
              `<circle cx="${(col + (row % 2) / 2) * 30}" cy="${-104 + row * 30}" r="7" fill="${ink}"/>`,
          )
          .join(''),
      )
      .join('')
    const checks = [0, 1, 2, 3, 4]
      .map((row) =>
        [-4, -3, -2, -1, 0, 1, 2, 3]
          .map((col) =>
            (row + col) % 2
              ? ''
              : `<rect x="${col * 22}" y="${-118 + row * 22}" width="22" height="22" fill="${ink}"/>`,
          )
          .join(''),
      )
      .join('')
    return cup(440, 400, 1, checks) + cup(290, 420, 1.05, dots) + cup(170, 500, 1.15, stripes)
  },
  'water-glass': (s) =>
    glass(s, 430, 420, 190, 70, 60) + glass(s, 240, 490, 260, 92, 78, { hue: '#BFD8DA', level: 0.55 }),
  'glass-sake-cup': (s) => glass(s, 320, 460, 190, 110, 66, { hue: '#DDE7E0', level: 0.6 }),
  'side-handle-teapot': teapot,
  chopsticks: (s) =>
    [0, 1]
      .map((at) => stick(s, [116, 250 + at * 26], [540, 150 + at * 34], 15, 6, c('cherry'), '#3A2418'))
      .join('') +
    [0, 1]
      .map((at) => stick(s, [100, 420 + at * 26], [556, 350 + at * 34], 15, 6, c('walnut'), '#1F130C'))
      .join(''),
  'chopstick-rest': (s) =>
    (
      [
        ['white', 190, 250],
        ['indigo', 330, 350],
        ['ochre', 460, 430],
      ] as const
    )
      .map(
        ([code, x, y]) =>
          `${shadow(x, y + 34, 78, 20)}<path d="M${x - 90} ${y + 6}C${x - 92} ${y - 50} ${x - 30} ${y - 40} ${x} ${y - 34}C${x + 40} ${y - 50} ${x + 96} ${y - 40} ${x + 92} ${y + 8}C${x + 88} ${y + 50} ${x - 86} ${y + 52} ${x - 90} ${y + 6}z" fill="${s.round(c(code))}"/><ellipse cx="${x}" cy="${y - 18}" rx="52" ry="11" fill="${dark(c(code), 0.25)}" opacity=".4" ${blur(5)}/><ellipse cx="${x - 52}" cy="${y - 22}" rx="22" ry="8" fill="#FFF" opacity=".5" ${blur(5)}/>`,
      )
      .join(''),
  'pair-mug-gift': (s) => {
    const hue = '#D9BC8C'
    return `${shadow(320, 530, 250, 26)}<path d="M80 330H560V520Q560 534 546 534H94Q80 534 80 520z" fill="${dark(hue, 0.3)}"/><path d="M96 330H544V500H96z" fill="${s.down(
      [
        [0, dark(hue, 0.5)],
        [1, dark(hue, 0.3)],
      ],
    )}"/>${vessel(s, { x: 210, y: 470, high: 170, top: 84, bottom: 74, hue: c('white'), handle: true })}${vessel(s, { x: 400, y: 470, high: 170, top: 84, bottom: 74, hue: c('indigo'), handle: true })}
      <path d="M80 400H560V520Q560 534 546 534H94Q80 534 80 520z" fill="${s.down([
        [0, light(hue, 0.2)],
        [1, dark(hue, 0.12)],
      ])}"/><path d="M80 430q240 12 480 0M80 470q240 -14 480 0M80 508q240 8 480 0" stroke="${dark(hue, 0.4)}" stroke-width="2" fill="none" opacity=".25"/>${label(320, 468, 92, 92, c('indigo'))}`
  },
  'kitchen-cloth': (s) =>
    rotate(-14, cloth(s, box(150, 140, 300, 250, 6), c('sage'), ['M180 200q100 -20 240 20'], 9)) +
    rotate(4, cloth(s, box(170, 200, 300, 250, 6), c('ochre'), ['M200 300q100 20 240 -10'], 9)) +
    rotate(
      17,
      cloth(s, box(190, 260, 300, 250, 6), c('white'), ['M220 330q110 40 240 0'], 9) +
        stitch('M200 270H480V500H200z', c('white')) +
        `<rect x="440" y="470" width="34" height="22" fill="${c('indigo')}"/>`,
    ),
  'face-towel': (s) => pile(s, [c('charcoal'), c('sky'), c('sage'), c('white')], 320, 500, 380, 72, 2),
  'bath-towel': (s) => pile(s, [c('charcoal'), c('white'), c('sage')], 320, 510, 450, 106, 3),
  'linen-tablecloth': (s) =>
    `<path d="M60 330L580 330L560 360L80 360z" fill="#A98460"/>` +
    cloth(
      s,
      'M70 270Q320 256 570 270L600 540Q540 500 500 546Q450 500 400 552Q330 506 270 552Q220 506 170 548Q110 500 40 540z',
      c('natural'),
      [
        'M160 330q10 120 0 220',
        'M270 330q-10 120 0 220',
        'M400 330q10 120 0 220',
        'M500 330q10 100 0 220',
        'M70 322Q320 312 578 322',
      ],
      7,
    ) +
    plate(s, 320, 268, 100, c('white'), 0.3),
  'linen-placemat': (s) =>
    rotate(
      -5,
      cloth(
        s,
        box(80, 170, 480, 330, 4),
        c('indigo'),
        ['M120 240q180 30 400 0', 'M120 420q180 -30 400 10'],
        7,
      ) + stitch('M96 186H544V484H96z', c('indigo')),
    ) +
    plate(s, 310, 330, 126, c('white'), 0.86) +
    [0, 1]
      .map((at) => stick(s, [150 + at * 20, 486], [470 + at * 12, 466 + at * 10], 10, 5, c('walnut')))
      .join(''),
  'linen-napkin': (s) =>
    rotate(
      -10,
      cloth(s, box(120, 180, 300, 300, 5), c('natural'), ['M120 330q150 20 300 0'], 6) +
        stitch('M138 198H402V462H138z', c('natural')),
    ) +
    rotate(
      12,
      cloth(s, 'M230 240H520V520H230z', c('white'), ['M240 380q140 -16 280 0'], 6) +
        `<path d="M520 240V520H230z" fill="${dark(c('white'), 0.12)}" opacity=".6"/>` +
        stitch('M246 256H504V504H246z', c('white')),
    ),
  'cushion-cover': (s) => {
    const cushion = (hue: string) => {
      const path = 'M120 130Q320 168 520 130Q482 320 520 520Q320 482 120 520Q158 320 120 130z'
      const sashiko = Array.from({ length: 9 }, (_, row) =>
        Array.from(
          { length: 9 },
          (_, col) =>
            `<path d="M${166 + col * 38} ${170 + row * 38}h18M${175 + col * 38} ${161 + row * 38}v18"/>`,
        ).join(''),
      ).join('')
      return (
        cloth(
          s,
          path,
          hue,
          ['M140 150q60 60 70 100', 'M500 150q-60 60 -70 100', 'M140 500q60 -60 70 -90'],
          6,
        ) +
        `<g stroke="${light(hue, 0.75)}" stroke-width="3" opacity=".55">${sashiko}</g><ellipse cx="270" cy="260" rx="120" ry="90" fill="#FFF" opacity=".16" ${blur(14)}/>`
      )
    }
    return (
      move(210, 40, rotate(9, cushion(c('natural'))), 0.62) +
      move(20, 130, rotate(-6, cushion(c('indigo'))), 0.76)
    )
  },
  'linen-sheet': (s) => pile(s, [c('natural'), c('white')], 320, 500, 460, 130, 4),
  'gauze-blanket': (s) =>
    pile(s, [c('white'), c('sky')], 320, 520, 440, 150, 6) +
    `<path d="M286 218h76v302h-76z" fill="${s.across([
      [0, '#EADFC8'],
      [0.5, '#F7F0E1'],
      [1, '#D9CBAE'],
    ])}"/>${label(324, 372, 62, 88, '#4F6E80')}`,
  'towel-gift': (s) => {
    const roll = (x: number, y: number, r: number, hue: string) =>
      `<circle cx="${x}" cy="${y}" r="${r}" fill="${s.round(hue)}"/>${[0.82, 0.62, 0.42, 0.22].map((k) => `<circle cx="${x + (1 - k) * 6}" cy="${y + (1 - k) * 6}" r="${r * k}" fill="none" stroke="${dark(hue, 0.45)}" stroke-width="3" opacity=".4"/>`).join('')}`
    return (
      `${shadow(320, 540, 250, 26)}<path d="M74 230H566V520Q566 536 550 536H90Q74 536 74 520z" fill="#8B6E4E"/><path d="M90 242H550V510H90z" fill="${s.down(
        [
          [0, '#5A4430'],
          [1, '#7A5F42'],
        ],
      )}"/>` +
      roll(176, 350, 76, c('sage')) +
      roll(320, 344, 84, c('white')) +
      roll(464, 350, 76, light(c('white'), 0.3)) +
      `<path d="M74 400H566V520Q566 536 550 536H90Q74 536 74 520z" fill="${s.down([
        [0, '#F1E7D3'],
        [1, '#D9C9AA'],
      ])}"/><path d="M74 452H566" stroke="#B3261E" stroke-width="6" opacity=".75"/><path d="M74 464H566" stroke="#FFF" stroke-width="6"/>${label(320, 462, 92, 84, '#8A2E2E')}`
    )
  },
  'everyday-tee': (s) => tee(s, c('sage')),
  'linen-shirt': (s) => shirt(s, c('sky')),
  'wide-trousers': (s) => trousers(s, c('navy')),
  'cotton-cardigan': (s) => cardigan(s, c('charcoal')),
  'work-apron': apron,
  'ribbed-socks': (s) => {
    const sock = (hue: string) => {
      const path =
        'M230 90H350V330C350 360 372 380 420 410C470 440 466 500 410 506C340 512 250 470 232 400C224 360 230 200 230 90z'
      const rib = Array.from(
        { length: 10 },
        (_, at) =>
          `<path d="M${238 + at * 12} 92V180" stroke="${dark(hue, 0.5)}" stroke-width="3" opacity=".26"/>`,
      ).join('')
      return (
        cloth(s, path, hue, ['M260 220q40 100 20 200', 'M330 230q-10 90 60 190'], 5) +
        rib +
        seam('M230 182H350', hue) +
        `<path d="M232 350C224 420 260 450 300 466C318 430 300 380 232 350z" fill="${dark(hue, 0.16)}"/><path d="M404 402C372 440 366 480 378 508C460 514 476 440 404 402z" fill="${dark(hue, 0.16)}"/>`
      )
    }
    return (
      move(170, 10, rotate(-4, sock(c('moss'))), 0.94) + move(-50, 70, rotate(3, sock(c('natural'))), 0.94)
    )
  },
  'linen-stole': (s) => {
    const hue = c('rose')
    const fringe = (x: number, y: number, wide: number) =>
      Array.from(
        { length: Math.round(wide / 9) },
        (_, at) =>
          `<path d="M${x + at * 9 + 4} ${y}q${s.between(-3, 3).toFixed(1)} 14 ${s.between(-4, 4).toFixed(1)} 34" stroke="${dark(hue, 0.12)}" stroke-width="2.500" fill="none"/>`,
      ).join('')
    return rotate(
      -7,
      fringe(330, 520, 170) +
        cloth(
          s,
          'M330 110H500Q508 320 500 522H330Q322 320 330 110z',
          dark(hue, 0.06),
          ['M370 120q14 190 0 400', 'M420 120q-14 190 6 400', 'M466 120q12 190 -4 400'],
          6,
        ) +
        fringe(150, 470, 220) +
        cloth(
          s,
          'M150 130Q240 112 380 124Q440 132 474 110V172Q430 200 370 190Q372 340 370 472H150Q142 300 150 130z',
          hue,
          [
            'M190 140q16 160 0 330',
            'M250 140q-14 160 4 330',
            'M320 150q12 160 -6 320',
            'M180 150q150 40 290 -10',
          ],
          6,
        ),
    )
  },
  'canvas-tote': tote,
  'work-cap': (s) => {
    const hue = c('navy')
    return `${shadow(310, 470, 210, 34)}<path d="M130 400C120 250 210 170 330 170C450 170 510 260 506 390Q320 440 130 400z" fill="${s.round(hue)}"/><path d="M130 400C120 250 210 170 330 170C450 170 510 260 506 390Q320 440 130 400z" fill="${s.weave(hue, 6)}"/>${seam('M320 172C250 230 230 320 240 416M330 172C400 230 420 320 414 412', hue)}<circle cx="326" cy="170" r="13" fill="${dark(hue, 0.1)}"/>
      <path d="M132 392Q320 446 506 384L510 412Q320 476 130 420z" fill="${dark(hue, 0.16)}"/><path d="M130 412C96 440 70 470 84 490C150 520 330 500 400 444Q260 462 130 412z" fill="${s.down(
        [
          [0, light(hue, 0.22)],
          [1, dark(hue, 0.2)],
        ],
      )}"/>${stitch('M100 482C170 500 300 490 376 450', hue)}<path d="M200 250Q250 190 320 186" fill="none" stroke="#FFF" stroke-width="14" opacity=".2" ${blur(5)}/>`
  },
  'enamel-pot': (s) => {
    const hue = '#E9E4D8'
    return `${shadow(320, 500, 210, 32)}<path d="M128 330q-60 -6 -58 30q4 34 64 24M512 330q60 -6 58 30q-4 34 -64 24" fill="none" stroke="${c('charcoal')}" stroke-width="17" stroke-linecap="round"/>
      <path d="M124 300H516V450Q516 510 450 514H190Q124 510 124 450z" fill="${s.round(hue)}"/><path d="M124 300H516V450Q516 510 450 514H190Q124 510 124 450z" fill="${s.down(
        [
          [0, '#FFFFFF', 0.1],
          [0.6, '#FFF', 0],
          [1, '#2A1D10', 0.26],
        ],
      )}"/><ellipse cx="200" cy="400" rx="14" ry="80" fill="#FFF" opacity=".8" ${blur(5)}/>
      <path d="M112 302C120 240 220 216 320 216C420 216 520 240 528 302Q320 340 112 302z" fill="${s.round(light(hue, 0.2))}"/><path d="M112 302Q320 340 528 302" fill="none" stroke="${c('navy')}" stroke-width="7"/><ellipse cx="320" cy="214" rx="20" ry="10" fill="${dark(hue, 0.4)}"/><path d="M290 184h60q10 22 -14 28h-32q-24 -6 -14 -28z" fill="${s.round(c('walnut'))}"/>`
  },
  'iron-pan': (s) =>
    `<path d="M408 232L560 96q22 -14 34 4q8 16 -8 30L444 274z" transform="translate(8 12)" fill="#4A3B2A" opacity=".4" ${blur(9)}/><path d="M408 232L560 96q22 -14 34 4q8 16 -8 30L444 274z" fill="${s.slant(
      [
        [0, '#6A6A69'],
        [0.5, '#3D3E40'],
        [1, '#222'],
      ],
    )}"/><circle cx="572" cy="112" r="8" fill="#E4DACA"/><circle cx="282" cy="368" r="212" fill="#4A3B2A" opacity=".42" ${blur(14)}/><circle cx="270" cy="352" r="208" fill="${s.slant(
      [
        [0, '#77777A'],
        [0.5, '#3E3F41'],
        [1, '#1F2021'],
      ],
    )}"/><circle cx="272" cy="356" r="176" fill="${s.slant([
      [0, '#2A2B2C'],
      [1, '#4B4C4E'],
    ])}"/>${[160, 140, 112, 84, 56].map((r) => `<circle cx="272" cy="356" r="${r}" fill="none" stroke="#6A6B6E" stroke-width="1.500" opacity=".4"/>`).join('')}<ellipse cx="220" cy="290" rx="90" ry="34" fill="#FFF" opacity=".2" transform="rotate(-36 220 290)" ${blur(14)}/>`,
  'cutting-board': (s) => {
    const hue = '#DDBE8C'
    const path = 'M150 130H490Q520 130 520 160V510Q520 540 490 540H150Q120 540 120 510V160Q120 130 150 130z'
    const clip = s.clip(`<path d="${path}"/>`)
    const grain = Array.from(
      { length: 13 },
      (_, at) =>
        `<path d="M${126 + at * 31} 120q${s.between(-18, 18)} 110 ${s.between(-8, 8)} 210t${s.between(-10, 10)} 220" fill="none" stroke="#A97F48" stroke-width="${s.between(2, 7).toFixed(1)}" opacity=".26"/>`,
    ).join('')
    return rotate(
      -8,
      `${lying(path)}<path d="${path}" transform="translate(0 9)" fill="${dark(hue, 0.4)}"/><path d="${path}" fill="${s.slant(
        [
          [0, light(hue, 0.3)],
          [1, dark(hue, 0.1)],
        ],
      )}"/><g clip-path="${clip}">${grain}</g><circle cx="320" cy="176" r="20" fill="#D5C8B4"/><path d="M301 170a20 20 0 0 1 38 0" fill="none" stroke="#6E5433" stroke-width="4"/>`,
    )
  },
  'santoku-knife': (s) => {
    const blade = 'M70 330H390V404H200Q110 398 70 330z'
    return rotate(
      -24,
      `${lying(blade)}<path d="${blade}" fill="${s.down([
        [0, '#8E9599'],
        [0.5, '#DFE4E5'],
        [0.78, '#B4BBBE'],
        [1, '#F5F8F8'],
      ])}"/><path d="M96 366Q140 392 200 394H390" fill="none" stroke="#FFF" stroke-width="2.500" opacity=".8"/><path d="M388 328h22v50h-22z" fill="#9B8B6A"/>${lying('M408 326H572Q592 348 574 376L408 372z')}<path d="M408 326H572Q592 348 574 376L408 372z" fill="${s.down(
        [
          [0, light(c('walnut'), 0.3)],
          [0.5, c('walnut')],
          [1, dark(c('walnut'), 0.4)],
        ],
      )}"/><circle cx="450" cy="349" r="6" fill="#C9B98F"/><circle cx="530" cy="350" r="6" fill="#C9B98F"/>`,
    )
  },
  'wooden-spoon': (s) =>
    (
      [
        ['cherry', 60],
        ['walnut', 190],
      ] as const
    )
      .map(
        ([code, y]) =>
          stick(s, [560, y + 130], [270, y + 214], 24, 14, c(code)) +
          rotate(
            -16,
            `<ellipse cx="204" cy="${y + 244}" rx="102" ry="62" fill="#4A3B2A" opacity=".4" ${blur(9)}/><ellipse cx="196" cy="${y + 234}" rx="102" ry="60" fill="${s.slant(
              [
                [0, light(c(code), 0.3)],
                [1, dark(c(code), 0.2)],
              ],
            )}"/><ellipse cx="196" cy="${y + 236}" rx="84" ry="46" fill="${s.slant([
              [0, dark(c(code), 0.42)],
              [1, light(c(code), 0.12)],
            ])}"/>`,
            200,
            y + 230,
          ),
      )
      .join(''),
  'storage-jar': (s) => {
    const lid = (x: number, y: number, wide: number) =>
      `<ellipse cx="${x}" cy="${y}" rx="${wide}" ry="${wide * 0.22}" fill="#D8E2E0" stroke="#91A3A5" stroke-width="2"/><rect x="${x - wide}" y="${y - 22}" width="${wide * 2}" height="22" fill="#DCE6E4" opacity=".9"/><ellipse cx="${x}" cy="${y - 22}" rx="${wide}" ry="${wide * 0.22}" fill="#EFF5F3" stroke="#A7B7B8" stroke-width="2"/><path d="M${x - wide} ${y + 5}A${wide} ${wide * 0.22} 0 0 0 ${x + wide} ${y + 5}" fill="none" stroke="#D98B4A" stroke-width="7"/>`
    return (
      glass(s, 460, 410, 170, 74, 78, { hue: '#E7DCC4', level: 0.7 }) +
      lid(460, 236, 76) +
      glass(s, 310, 440, 250, 90, 94, { hue: '#8E4A3A', level: 0.72 }) +
      lid(310, 186, 92) +
      glass(s, 160, 500, 190, 86, 90, { hue: '#C9A24E', level: 0.65 }) +
      lid(160, 306, 88)
    )
  },
  'tea-canister': (s) =>
    (
      [
        ['copper', 420, 430, 1],
        ['silver', 240, 500, 1.2],
      ] as const
    )
      .map(([code, x, y, k]) => {
        const hue = c(code)
        const metal = s.across([
          [0, dark(hue, 0.4)],
          [0.12, light(hue, 0.2)],
          [0.26, light(hue, 0.75)],
          [0.4, hue],
          [0.66, dark(hue, 0.3)],
          [0.85, light(hue, 0.2)],
          [1, dark(hue, 0.45)],
        ])
        return (
          shadow(x, y + 8, 84 * k, 22) +
          `<path d="M${x - 84 * k} ${y - 230 * k}H${x + 84 * k}V${y}A${84 * k} ${22 * k} 0 0 1 ${x - 84 * k} ${y}z" fill="${metal}"/><path d="M${x - 84 * k} ${y - 150 * k}A${84 * k} ${22 * k} 0 0 0 ${x + 84 * k} ${y - 150 * k}" fill="none" stroke="${dark(hue, 0.55)}" stroke-width="3"/><path d="M${x - 84 * k} ${y - 146 * k}A${84 * k} ${22 * k} 0 0 0 ${x + 84 * k} ${y - 146 * k}" fill="none" stroke="#FFF" stroke-width="2" opacity=".6"/><ellipse cx="${x}" cy="${y - 230 * k}" rx="${84 * k}" ry="${22 * k}" fill="${s.slant(
            [
              [0, light(hue, 0.7)],
              [1, dark(hue, 0.1)],
            ],
          )}"/>`
        )
      })
      .join(''),
  sencha: (s) => pouch(s, 330, 520, 280, 390, '#7E9460', '茶', '#4E6336'),
  hojicha: (s) => pouch(s, 310, 520, 280, 390, '#9C6B45', '焙', '#6B4226'),
  coffee: (s) =>
    pouch(s, 320, 520, 270, 410, '#4A3A30', '珈', '#3A2A20') +
    Array.from({ length: 9 }, () => {
      const [x, y] = [s.between(120, 540), s.between(545, 590)]
      return `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${s.between(0, 180).toFixed(0)})"><ellipse cx="3" cy="5" rx="17" ry="11" fill="#4A3B2A" opacity=".4" ${blur(5)}/><ellipse rx="17" ry="11" fill="#5A3A26"/><path d="M-15 0Q0 6 15 -1" stroke="#2B1A10" stroke-width="3" fill="none"/></g>`
    }).join(''),
  honey: (s) =>
    jar(s, 420, 430, 180, 200, '#B97A2A', '蜜', '#8A6D3A') +
    jar(s, 230, 505, 210, 240, '#E0A93A', '蜜', '#8A6D3A'),
  jam: (s) =>
    jar(s, 470, 410, 150, 160, fruit.fig, '果', '#E5DCC9') +
    jar(s, 320, 440, 160, 176, fruit.yuzu, '果', '#E5DCC9') +
    jar(s, 168, 500, 180, 200, fruit.strawberry, '果', '#E5DCC9'),
  'sea-salt': (s) =>
    jar(s, 300, 500, 220, 250, '#ECEAE4', '塩', c('walnut')) +
    `<ellipse cx="480" cy="520" rx="86" ry="18" fill="#4A3B2A" opacity=".25" ${blur(9)}/><path d="M404 520Q470 440 556 520Q480 540 404 520z" fill="${s.slant(
      [
        [0, '#FFFFFF'],
        [1, '#CFCAC0'],
      ],
    )}"/>`,
  'dashi-pack': (s) =>
    pouch(s, 300, 500, 270, 370, '#E4D3B0', '出', '#8A4B2A') +
    rotate(
      12,
      `${lying(box(400, 440, 130, 110, 4))}<path d="${box(400, 440, 130, 110, 4)}" fill="${s.slant([
        [0, '#EADBBE'],
        [1, '#B99B6C'],
      ])}"/><path d="${box(400, 440, 130, 110, 4)}" fill="${s.weave('#C9AE80', 4)}"/>`,
      460,
      490,
    ),
  granola: (s) => pouch(s, 320, 520, 280, 390, '#D9B57A', '麦', '#7A5326'),
  rice: (s) =>
    pouch(s, 440, 440, 200, 270, '#EDE4D2', '米', '#9A3A2E') +
    pouch(s, 236, 530, 270, 370, '#E4D8C0', '米', '#9A3A2E'),
  'breakfast-gift': (s) =>
    `${shadow(320, 530, 250, 26)}<path d="M70 280H570V520Q570 536 554 536H86Q70 536 70 520z" fill="#8B6E4E"/><path d="M86 290H554V500H86z" fill="#6E5439"/>` +
    jar(s, 170, 480, 130, 170, '#E0A93A', null, '#8A6D3A') +
    jar(s, 310, 480, 124, 150, fruit.strawberry, null, '#E5DCC9') +
    pouch(s, 460, 490, 150, 230, '#D9B57A', '麦', '#7A5326') +
    `<path d="M70 440H570V520Q570 536 554 536H86Q70 536 70 520z" fill="${s.down([
      [0, '#F1E7D3'],
      [1, '#D9C9AA'],
    ])}"/>${label(320, 488, 78, 72, '#8A5A2E')}`,
  'junmai-sake': (s) =>
    bottle(s, 430, 440, 116, 300, '#5F7F6C', '汀', '#3A4F42') +
    bottle(s, 250, 540, 160, 470, '#456652', '汀', '#2F4237'),
  'yuzu-liqueur': (s) =>
    bottle(s, 310, 530, 190, 430, '#E6C558', '柚', '#8A6A14', 0.34) +
    `${shadow(500, 520, 46, 14)}<circle cx="500" cy="482" r="50" fill="${s.slant([
      [0, '#F7DE74'],
      [0.6, '#E2B33C'],
      [1, '#A97A16'],
    ])}"/><path d="M492 436q8 -14 22 -16" stroke="#5F7040" stroke-width="7" fill="none" stroke-linecap="round"/>`,
  'sparkling-sake': (s) =>
    bottle(s, 270, 540, 150, 450, '#DCE3DA', '泡', '#8C8F94', 0.34) +
    glass(s, 470, 500, 230, 46, 34, { hue: '#E9E6CF', level: 0.7 }) +
    Array.from(
      { length: 9 },
      () =>
        `<circle cx="${s.between(446, 494).toFixed(0)}" cy="${s.between(350, 480).toFixed(0)}" r="${s.between(2, 4).toFixed(1)}" fill="#FFF" opacity=".8"/>`,
    ).join(''),
  'thread-bound-notebook': (s) =>
    (
      [
        ['moss', 14, 40],
        ['natural', 4, 10],
        ['indigo', -8, -20],
      ] as const
    )
      .map(([code, turn, shift]) => {
        const hue = c(code)
        const path = `M${190 + shift} 130H${460 + shift}Q468 130 ${468 + shift} 140V510Q${468 + shift} 520 ${458 + shift} 520H${190 + shift}z`
        return rotate(
          turn,
          `${lying(path)}<path d="${path}" transform="translate(6 7)" fill="#F3EDE0"/><path d="${path}" fill="${s.slant(
            [
              [0, light(hue, 0.2)],
              [1, dark(hue, 0.14)],
            ],
          )}"/><path d="${path}" fill="${s.weave(hue, 5)}"/><path d="M${190 + shift} 130h36V520h-36z" fill="${dark(hue, 0.26)}" opacity=".75"/>${[170, 230, 290, 350, 410, 470].map((y) => `<path d="M${190 + shift} ${y}h36" stroke="#F3E9D3" stroke-width="4"/>`).join('')}${code === 'indigo' ? label(346 + shift, 250, 130, 84, hue) : ''}`,
        )
      })
      .join(''),
  'letter-set': (s) => {
    const page = 'M150 120H410V500H150z'
    const envelope = 'M0 0H270V170H0z'
    return (
      rotate(
        -7,
        `${lying(page)}<path d="${page}" fill="${s.slant([
          [0, '#FFFDF6'],
          [1, '#EFE6D2'],
        ])}"/>${Array.from({ length: 8 }, (_, at) => `<path d="M${180 + at * 29} 156V466" stroke="#B3856A" stroke-width="1.800" opacity=".6"/>`).join('')}`,
      ) +
      `<g transform="translate(290 380) rotate(6)">${lying(envelope)}<path d="${envelope}" fill="${s.slant([
        [0, '#EADFC8'],
        [1, '#CDBB97'],
      ])}"/><path d="M0 0L135 104L270 0" fill="#F0E7D3" stroke="#A58F68" stroke-width="2"/><circle cx="135" cy="98" r="19" fill="#A5412F"/><circle cx="135" cy="98" r="12" fill="none" stroke="#D4836E" stroke-width="2"/></g>`
    )
  },
  'canvas-pen-case': (s) => {
    const hue = c('charcoal')
    return rotate(
      -12,
      stick(s, [150, 180], [520, 150], 20, 20, '#C2913F', '#3A2A20') +
        stick(s, [120, 226], [500, 214], 18, 18, '#34507A', '#3A2A20') +
        cloth(
          s,
          'M90 300Q100 280 130 280H520Q550 280 554 306L560 420Q556 446 520 448H120Q90 446 86 420z',
          hue,
          ['M180 300q10 80 0 140', 'M420 300q-10 80 4 140'],
          7,
        ) +
        `<path d="M104 306H540" stroke="#C9B98F" stroke-width="7"/><path d="M104 306H540" stroke="#6E6246" stroke-width="3" stroke-dasharray="4 4"/><path d="M536 300h36v14h-36z" fill="#C9B98F"/><path d="M570 298l30 6q6 8 0 12l-30 2z" fill="${c('walnut')}"/>`,
    )
  },
  'soy-candle': (s) =>
    glass(s, 320, 510, 240, 132, 126, { hue: '#F0E6CF', level: 0.72 }) +
    `<path d="M320 342V312" stroke="#3A2A20" stroke-width="5"/><ellipse cx="320" cy="286" rx="70" ry="70" fill="#FFD98A" opacity=".55" ${blur(14)}/><path d="M320 244Q346 286 320 314Q294 286 320 244z" fill="#FFB547"/><path d="M320 270Q332 292 320 312Q308 292 320 270z" fill="#FFF3CF"/>${label(320, 450, 118, 92, '#6F7B55', '香')}`,
  incense: (s) => {
    const lidBox = box(96, 330, 330, 150, 2)
    return (
      rotate(
        -6,
        `${lying(lidBox)}<path d="${lidBox}" fill="${s.slant([
          [0, '#F3ECDC'],
          [1, '#D5C6A6'],
        ])}"/>${label(260, 405, 130, 100, '#8A4B5A', '香')}`,
      ) +
      Array.from({ length: 6 }, (_, at) =>
        stick(
          s,
          [150 + at * 9, 228 + at * 13],
          [560, 150 + at * 15],
          7,
          6,
          ['#7A5A45', '#8B5E52', '#6F6A4A'][at % 3]!,
        ),
      ).join('') +
      plate(s, 492, 420, 72, c('white'), 0.5) +
      `<path d="M492 414L520 300" stroke="#7A5A45" stroke-width="7"/><circle cx="520" cy="300" r="5" fill="#E2683C"/><path d="M520 292q-26 -36 4 -70t-4 -84" fill="none" stroke="#8B857C" stroke-width="9" opacity=".36" ${blur(5)}/>`
    )
  },
  'reed-diffuser': (s) =>
    [-52, -26, -6, 18, 44]
      .map(
        (lean) =>
          `<path d="M${320 + lean * 0.2} 420L${320 + lean * 2.2} 90" stroke="${dark('#C9A877', 0.25)}" stroke-width="9" stroke-linecap="round"/><path d="M${318 + lean * 0.2} 420L${318 + lean * 2.2} 90" stroke="#D9BC8C" stroke-width="5" stroke-linecap="round"/>`,
      )
      .join('') + bottle(s, 320, 530, 210, 330, '#C98F4A', '香', c('charcoal'), 0.36),
}

const filters = [2, 5, 9, 14]
  .map(
    (amount) =>
      `<filter id="blur${amount}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${amount}"/></filter>`,
  )
  .join('')
const mark = `<g opacity=".78"><rect x="534" y="600" width="96" height="28" rx="14" fill="#FFFDF7"/><text x="582" y="619" font-family="Noto Sans CJK JP" font-size="14" text-anchor="middle" fill="#5C5C58">見本 sample</text></g>`
const framed = (sheet: Sheet, ground: string, drawn: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 640 640"><defs>
    ${filters}${sheet.definitions.join('')}</defs>${ground}${drawn}
    ${mark}</svg>`

function scene(seed: number, drawing: Drawing): string {
  const sheet = new Sheet(seed)
  const drawn = drawing(sheet)
  const warmth = sheet.between(0, 1)
  const wall = mix('#F1ECE2', '#EFE6DA', warmth)
  const lamp = `<defs><radialGradient id="lamp" cx=".3" cy=".2" r="1"><stop offset="0" stop-color="#FFFDF7"/><stop offset=".55" stop-color="${wall}"/><stop offset="1" stop-color="${dark(wall, 0.14)}"/></radialGradient></defs>`
  return framed(sheet, `${lamp}<rect width="640" height="640" fill="url(#lamp)"/>`, drawn)
}
/** On the paper and in the light of the ray-traced goods. */
function cloths(seed: number, { line, form, look }: Ranged): string {
  const sheet = new Sheet(seed)
  const drawn = clothOf(sheet, line, form, look.colour)
  const paper = sheet.down([
    [0, '#CAC5BB'],
    [0.26, '#DDD8CD'],
    [0.6, '#F5EFE4'],
    [1, '#FBF5EA'],
  ])
  const away = sheet.across([
    [0, '#000000', 0],
    [1, '#3A3328', 0.07],
  ])
  return framed(
    sheet,
    `<rect width="640" height="640" fill="${paper}"/><rect width="640" height="640" fill="${away}"/>`,
    drawn,
  )
}

/** As good as fits: quality falls until the file is small enough. */
async function small(svg: string, wide: number): Promise<Buffer> {
  const png = await sharp(Buffer.from(svg)).resize(wide).png().toBuffer()
  for (let quality = 68; quality > 20; quality -= 6) {
    const bytes = await sharp(png).webp({ quality, effort: 6, smartSubsample: true }).toBuffer()
    if (bytes.length <= bytesMost) return bytes
  }
  throw new Error('the drawing has too much detail for its size')
}

const clothes = range.filter((one) => one.scene === 'cloth')
/** What is drawn here: the first sixty, and of the range what is made of cloth. */
export const drawnProducts = [...sample.products, ...clothes.map((one) => one.product)]
/** The drawing of a product as SVG, the same on every run. */
export function drawn(code: string): string {
  const cloth = clothes.find((one) => one.product.code === code)
  if (cloth) return cloths(1000 + clothes.indexOf(cloth), cloth)
  const at = sample.products.findIndex((product) => product.code === code)
  const drawing = drawings[code]
  if (at < 0 || !drawing) throw new Error(`nothing is drawn for ${code}`)
  return scene(at + 1, drawing)
}

/** Those whose code contains one of the words, or all. */
async function drawAll(words: readonly string[], contactSheet: string | undefined): Promise<void> {
  const folder = new URL('pictures/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const tiles: OverlayOptions[] = []
  const chosen = drawnProducts.filter(({ code }) => !words.length || words.some((w) => code.includes(w)))
  for (const [at, { code, picture }] of chosen.entries()) {
    const bytes = await small(
      drawn(code),
      sample.products.some((one) => one.code === code) ? side : tracedSide,
    )
    writeFileSync(new URL(picture, folder), bytes)
    const input = await sharp(bytes).resize(200, 200).toBuffer()
    tiles.push({ input, left: (at % 8) * 200, top: Math.floor(at / 8) * 200 })
  }
  if (!contactSheet) return
  const height = Math.ceil(chosen.length / 8) * 200
  const sheet = sharp({ create: { width: 1600, height, channels: 3, background: '#ffffff' } })
  await sheet.composite(tiles).png().toFile(contactSheet)
}

if (import.meta.main) {
  const words = process.argv.slice(2)
  const contact = words.find((word) => word.endsWith('.png'))
  await drawAll(
    words.filter((word) => word !== contact),
    contact,
  )
}
