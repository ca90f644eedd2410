/**
 * Ray-traces the pictures of `range.ts` with POV-Ray (a Debian package) into sample/pictures, as WebP of a few kilobytes.
 * Run by hand after a change (`node sample/render.ts`, or with words that a product's code must contain); its results are
 * committed, so that a start needs neither this file nor POV-Ray.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { range, type Ranged } from './range.ts'

const side = 480
type Look = Ranged['look']
type Point = readonly [r: number, y: number]

const rgb = (hex: string, times = 1) =>
  `rgb <${[1, 3, 5].map((at) => ((Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2 * times).toFixed(4)).join(',')}>`

/** How a surface takes light; `top` is where a foot of bare clay ends. */
function surface(look: Look, top?: number): string {
  const { colour, other = colour } = look
  const foot =
    top === undefined
      ? `pigment { ${rgb(colour)} }`
      : `pigment { gradient y color_map { [0 ${rgb(other)}] [${top / 8} ${rgb(other)}] [${(top + 0.015) / 8} ${rgb(colour)}] [1 ${rgb(colour)}] } scale 8 }`
  switch (look.finish) {
    case 'matte':
      return `texture { ${foot} normal { bumps 0.12 scale 0.03 } finish { diffuse 0.85 specular 0.06 roughness 0.15 } }`
    case 'glaze':
      return `texture { ${foot} normal { bumps 0.05 scale 0.15 } finish { diffuse 0.75 specular 0.55 roughness 0.012 reflection { 0.01, 0.14 fresnel on } conserve_energy } } interior { ior 1.5 }`
    case 'gloss':
      return `texture { ${foot} finish { diffuse 0.78 specular 0.7 roughness 0.006 reflection { 0.02, 0.22 fresnel on } conserve_energy } } interior { ior 1.55 }`
    case 'metal':
      return `texture { pigment { ${rgb(colour)} } normal { bumps 0.03 scale 0.2 } finish { diffuse 0.35 specular 0.6 roughness 0.02 metallic reflection { 0.42 metallic } } }`
    case 'wood':
      return `texture { pigment { wood turbulence 0.05 color_map { [0 ${rgb(colour, 1.1)}] [0.7 ${rgb(colour, 0.85)}] [1 ${rgb(colour, 0.6)}] } scale <0.09,0.09,1.4> rotate <4,86,2> } finish { diffuse 0.8 specular 0.12 roughness 0.06 } }`
    // Cloth is drawn.
    case 'cloth':
    case 'paper':
      return `texture { pigment { ${rgb(colour)} } normal { granite 0.06 scale 0.2 } finish { diffuse 0.85 } }`
    case 'glass':
      return `texture { pigment { ${rgb(colour)} } finish { diffuse 0.7 specular 0.8 roughness 0.003 reflection { 0.03, 0.3 fresnel on } } } interior { ior 1.5 }`
  }
}
/** A turned form: the outside from the foot up, the lip, and the inside down again. */
function turned(outside: readonly Point[], wall: number, texture: string): string {
  const inside = outside
    .slice(1)
    .map(([r, y]): Point => [Math.max(0, r - wall), y + (y < 0.25 ? wall * 0.9 : 0)])
    .toReversed()
  const [rim] = outside.slice(-1) as [Point]
  const all: Point[] = [
    [0, outside[0]![1]],
    ...outside,
    [rim[0] - wall * 0.35, rim[1] + wall * 0.5],
    ...inside,
    [0, inside.at(-1)![1]],
  ]
  const points = [all[0]!, ...all, all.at(-1)!].map(
    ([r, y]) => `<${Math.max(0, r).toFixed(3)},${y.toFixed(3)}>`,
  )
  return `lathe { cubic_spline ${points.length} ${points.join(' ')} ${texture} }`
}
const rounded = (x: number, y: number, z: number, e: number, texture: string, place = '') =>
  `superellipsoid { <${e},${e}> scale <${x},${y},${z}> ${texture} ${place} }`

const bowl = (r: number, h: number, foot: number): Point[] => [
  [foot, 0],
  [foot, 0.06],
  [foot * 1.15, 0.1],
  [r * 0.72, h * 0.38],
  [r * 0.92, h * 0.72],
  [r, h],
]
const cup = (r: number, h: number, low = 0.86): Point[] => [
  [r * low * 0.9, 0],
  [r * low, 0.05],
  [r * (low + 0.03), h * 0.4],
  [r * 0.97, h * 0.75],
  [r, h],
]
const lid = (r: number, y: number, texture: string) =>
  `union { cylinder { <0,${y},0> <0,${y + 0.09},0> ${r} } torus { ${r - 0.02} 0.03 translate y*${y + 0.08} } ${texture} }`
const scenes: Record<string, (look: Look) => string> = {
  mug: (l) => `${turned(cup(0.62, 1.15, 0.9), 0.06, surface(l, 0.07))}
    intersection { torus { 0.34 0.075 rotate x*90 scale <0.85,1.1,1> translate <0.68,0.6,0> } cylinder { <0,-1,0> <0,3,0> 0.58 inverse } ${surface(l)} rotate y*-28 }`,
  teacup: (l) => turned(cup(0.58, 0.95, 0.82), 0.055, surface(l, 0.07)),
  sobacup: (l) => turned(cup(0.6, 0.82, 0.72), 0.05, surface(l, 0.07)),
  ricebowl: (l) => turned(bowl(0.85, 0.72, 0.32), 0.055, surface(l, 0.07)),
  smallbowl: (l) => turned(bowl(0.78, 0.5, 0.3), 0.05, surface(l, 0.06)),
  donburi: (l) => turned(bowl(1.02, 0.88, 0.4), 0.06, surface(l, 0.07)),
  plate: (l) =>
    turned(
      [
        [0.7, 0],
        [0.7, 0.05],
        [0.85, 0.07],
        [1.1, 0.13],
        [1.22, 0.22],
      ],
      0.05,
      surface(l, 0.04),
    ),
  katakuchi: (l) => `${turned(bowl(0.78, 0.78, 0.34), 0.055, surface(l, 0.07))}
    cone { <0.66,0.66,0> 0.14 <1.02,0.82,0> 0.07 ${surface(l)} rotate y*-25 }`,
  vase: (l) =>
    `${turned(
      [
        [0.36, 0],
        [0.42, 0.05],
        [0.58, 0.4],
        [0.5, 0.85],
        [0.2, 1.2],
        [0.16, 1.42],
        [0.22, 1.55],
      ],
      0.05,
      surface(l, 0.07),
    )} cylinder { <0,1.2,0> <0.18,2.35,0.05> 0.014 pigment { ${rgb('#5A4632')} } }
    ${[0.6, 0.85, 1.05].map((t, i) => `sphere { 0 0.09 scale <1,0.45,0.6> rotate z*${30 - 60 * (i % 2)} translate <${0.05 + t * 0.14 + (i % 2 ? -0.09 : 0.1)},${1.25 + t * 0.98},0.04> pigment { ${rgb('#5E7A45')} } }`).join(' ')}`,
  tray: (l) =>
    turned(
      [
        [1.12, 0],
        [1.16, 0.04],
        [1.2, 0.1],
        [1.22, 0.2],
      ],
      0.05,
      surface(l),
    ),
  lunchbox: (l) =>
    `union { superellipsoid { <0.7,0.12> rotate x*90 scale <0.95,0.3,0.6> translate y*0.3 } superellipsoid { <0.7,0.12> rotate x*90 scale <0.97,0.1,0.62> translate y*0.64 } ${surface(l)} }`,
  board: (l) =>
    `union { ${rounded(1.05, 0.06, 0.5, 0.12, '', 'translate <0.05,0.06,0>')} ${rounded(0.3, 0.055, 0.11, 0.2, '', 'translate <-1.2,0.06,0>')} ${surface(l)} rotate y*18 }`,
  canister: (l) =>
    `${turned(cup(0.5, 0.95, 1), 0.05, surface(l))} ${`cylinder { <0,0.62,0> <0,1.16,0> 0.53 ${surface(l)} }`}`,
  box: (l) =>
    `${rounded(0.8, 0.3, 0.8, 0.06, surface(l), 'translate y*0.3')} ${rounded(0.83, 0.16, 0.83, 0.06, surface(l), 'translate y*0.56')}`,
  kettle: (l) => `${turned(
    [
      [0.62, 0],
      [0.7, 0.06],
      [0.72, 0.3],
      [0.52, 0.72],
      [0.34, 0.86],
    ],
    0.04,
    surface(l),
  )} ${lid(0.34, 0.84, surface(l))} sphere { <0,1.02,0> 0.07 ${surface({ ...l, colour: '#2B2622', finish: 'wood' })} }
    sphere_sweep { cubic_spline 6 <0.4,0.1,0> 0.1 <0.6,0.22,0> 0.09 <0.92,0.4,0> 0.06 <0.98,0.72,0> 0.045 <1.16,0.86,0> 0.04 <1.3,0.9,0> 0.04 ${surface(l)} rotate y*-20 }
    intersection { torus { 0.5 0.045 rotate x*90 translate y*0.82 } box { <-2,0.84,-2> <2,2,2> } ${surface({ ...l, colour: '#2B2622', finish: 'wood' })} rotate y*-20 }`,
  saucepan: (l) => `${turned(cup(0.72, 0.68, 0.97), 0.04, surface(l))}
    union { cylinder { <0.7,0.56,0> <1.6,0.7,0> 0.065 } sphere { <1.6,0.7,0> 0.065 } ${surface({ ...l, colour: '#8A6748', finish: 'wood' })} rotate y*-24 }`,
  dripper: (l) =>
    `${turned(
      [
        [0.16, 0.24],
        [0.2, 0.3],
        [0.4, 0.6],
        [0.66, 1.02],
      ],
      0.045,
      surface(l),
    )} cylinder { <0,0.2,0> <0,0.25,0> 0.56 ${surface(l)} } intersection { torus { 0.2 0.05 rotate x*90 translate <0.58,0.66,0> } cylinder { <0,-1,0> <0,3,0> 0.46 inverse } ${surface(l)} rotate y*-28 }`,
  bottle: (l) => `${turned(
    [
      [0.3, 0],
      [0.34, 0.04],
      [0.34, 0.85],
      [0.3, 1.02],
      [0.13, 1.22],
      [0.12, 1.42],
    ],
    0.03,
    surface(l),
  )} cylinder { <0,1.38,0> <0,1.56,0> 0.14 ${surface({ ...l, colour: '#D9CDB6', finish: 'paper' })} }
    intersection { cylinder { <0,0.25,0> <0,0.75,0> 0.348 } box { <-0.3,0,-1> <0.3,2,0> } ${surface({ ...l, colour: '#F4EFE3', finish: 'paper' })} rotate y*10 }`,
  jam: (
    l,
  ) => `${turned(cup(0.46, 0.72, 0.97), 0.03, surface(l))} cylinder { <0,0.02,0> <0,0.7,0> 0.44 ${surface(l)} }
    cylinder { <0,0.72,0> <0,0.9,0> 0.45 ${surface({ ...l, colour: '#E9E1CF', finish: 'paper' })} }
    intersection { cylinder { <0,0.16,0> <0,0.56,0> 0.466 } box { <-0.36,0,-1> <0.36,2,0> } ${surface({ ...l, colour: '#F7F2E6', finish: 'paper' })} rotate y*10 }`,
  pouch: (
    l,
  ) => `superellipsoid { <0.5,0.5> scale <0.55,0.78,0.2> ${surface({ ...l, colour: '#E6DCC6', finish: 'paper' })} rotate x*-6 translate y*0.78 }
    ${rounded(0.34, 0.34, 0.012, 0.1, surface({ ...l, finish: 'paper' }), 'rotate x*-6 translate <0,0.72,-0.215>')}`,
  book: (l) =>
    `union { ${rounded(0.62, 0.075, 0.86, 0.05, surface(l), 'translate y*0.08')} ${rounded(0.6, 0.05, 0.845, 0.05, surface({ ...l, colour: '#F2EDE0' }), 'translate <0.035,0.08,0>')} ${rounded(0.3, 0.01, 0.12, 0.05, surface({ ...l, colour: '#F4EFE3' }), 'translate <0,0.16,0.4>')} rotate y*16 }`,
  candle: (l) =>
    `${[-0.32, 0.02, 0.36].map((x, i) => `union { cone { <${x},0,${i * 0.12}> 0.1 <${x},${1 + i * 0.12},${i * 0.12}> 0.15 } ${surface({ ...l, finish: 'gloss' })} } cylinder { <${x},${1 + i * 0.12},${i * 0.12}> <${x},${1.12 + i * 0.12},${i * 0.12}> 0.018 pigment { ${rgb('#3A3026')} } }`).join(' ')}`,
}

function povOf({ scene, look }: Ranged): string {
  return `#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 6 ambient_light rgb 0.9 }
#default { finish { ambient 0.16 } }
camera { perspective location <0.25,2.35,-4.3> look_at <0.02,0.42,0> angle 33 right x }
light_source { <-4.5,6.5,-3.2> rgb <1.22,1.17,1.1> area_light <2.4,0,0> <0,0,2.4> 5 5 adaptive 1 jitter circular orient }
light_source { <5,3,-4> rgb 0.22 shadowless }
background { rgb <0.9,0.88,0.84> }
plane { y 0 texture { pigment { rgb <0.87,0.84,0.79> } finish { diffuse 0.8 ambient 0.26 } } }
${scenes[scene]!(look)}
`
}
const label = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect x="${side - 84}" y="${side - 34}" width="74" height="22" rx="11" fill="#FFFDF8" opacity=".8"/><text x="${side - 47}" y="${side - 18.5}" font-size="12.5" text-anchor="middle" font-family="Noto Sans CJK JP, sans-serif" fill="#6A6358">見本 sample</text></svg>`,
)

const words = process.argv.slice(2)
const out = path.join(import.meta.dirname, 'pictures')
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-render-'))
let bytes = 0
let n = 0
try {
  for (const one of range) {
    // Cloth is drawn: a ray-traced one has neither seam nor weave.
    if (one.scene === 'cloth') continue
    if (words.length && !words.some((w) => one.product.code.includes(w))) continue
    const source = path.join(work, 'scene.pov')
    const picture = path.join(work, 'scene.png')
    fs.writeFileSync(source, povOf(one))
    execFileSync(
      'povray',
      [`+I${source}`, `+O${picture}`, `+W${side}`, `+H${side}`, '+A0.25', '+AM2', '+R2', '-D', '+Q9', '+WT1'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const made = await sharp(picture)
      .composite([{ input: label }])
      .webp({ quality: 62, effort: 6 })
      .toBuffer()
    fs.writeFileSync(path.join(out, one.product.picture), made)
    bytes += made.length
    n++
  }
} finally {
  fs.rmSync(work, { recursive: true, force: true })
}
console.log(`${n} pictures, ${(bytes / n / 1000).toFixed(1)} kB each`)
