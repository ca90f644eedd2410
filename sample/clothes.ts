/**
 * Drawings of what is made of cloth: a silhouette for each kind of thing, a weave for each material, folds and their
 * shadows. Lies where the ray-traced goods stand: on the same paper, in the same light.
 */
import { blur, dark, isPale, light, lying, rotate, shadow, type Sheet } from './sheet.ts'

/** How a material looks near by: its weave over its colour, and the thread it is sewn with. */
type Stuff = { hue: string; thread: string; weave: string; sheen: number; bold: boolean }
const way = (one: 1 | -1) => (x: number) => 320 + one * x
const both = (draw: (x: (by: number) => number, side: 1 | -1) => string) =>
  draw(way(-1), -1) + draw(way(1), 1)

/** A piece of the weave, repeated. */
function pattern(sheet: Sheet, size: number, turn: number, drawing: string): string {
  return sheet.define(
    (id) =>
      `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">${drawing}</pattern>`,
  )
}
/** Threads of uneven thickness, as flax has them. */
function slubs(sheet: Sheet, hue: string, size: number): string {
  const threads = Array.from({ length: 26 }, () => {
    const [at, from, long] = [sheet.between(0, size), sheet.between(0, size), sheet.between(30, 110)]
    const stroke = sheet.roll() < 0.5 ? dark(hue, 0.6) : light(hue, 0.9)
    const d = sheet.roll() < 0.6 ? `M${from} ${at}h${long}` : `M${at} ${from}v${long}`
    return `<path d="${d}" stroke="${stroke}" stroke-width="${sheet.between(1.2, 3).toFixed(1)}" opacity=".2"/>`
  })
  const ground = Array.from(
    { length: size / 8 },
    (_, n) =>
      `<path d="M0 ${n * 8 + 2}H${size}" stroke="${dark(hue, 0.5)}" stroke-width="1.4" opacity=".1"/><path d="M${n * 8 + 2} 0V${size}" stroke="${light(hue, 0.9)}" stroke-width="1.4" opacity=".14"/>`,
  )
  return ground.join('') + threads.join('')
}
const flecks = (sheet: Sheet, hues: readonly string[], size: number, count: number) =>
  Array.from(
    { length: count },
    (_, n) =>
      `<path d="M${sheet.between(0, size).toFixed(0)} ${sheet.between(0, size).toFixed(0)}l${sheet.between(-5, 5).toFixed(1)} ${sheet.between(2, 7).toFixed(1)}" stroke="${hues[n % hues.length]}" stroke-width="1.8" opacity=".4"/>`,
  ).join('')

const weaves: Record<string, (sheet: Sheet, hue: string) => Omit<Stuff, 'hue'>> = {
  waffle: (s, hue) => ({
    thread: dark(hue, 0.4),
    sheen: 0.8,
    bold: false,
    weave: pattern(
      s,
      18,
      0,
      `<rect width="18" height="18" fill="${dark(hue, 0.5)}" opacity=".1"/><path d="M3 15V3H15" fill="none" stroke="${dark(hue, 0.7)}" stroke-width="4" opacity=".26"/><path d="M15 3V15H3" fill="none" stroke="#FFFFFF" stroke-width="3" opacity=".55"/>`,
    ),
  }),
  gauze: (s, hue) => ({
    thread: light(hue, 0.6),
    sheen: 1,
    bold: false,
    weave: pattern(
      s,
      52,
      4,
      `<path d="M0 10q13 -9 26 0t26 0M0 36q13 9 26 0t26 0" fill="none" stroke="${dark(hue, 0.5)}" stroke-width="4" opacity=".16"/><path d="M10 0q8 13 0 26t0 26M36 0q-8 13 0 26t0 26" fill="none" stroke="#FFFFFF" stroke-width="4" opacity=".26"/><path d="M20 22l6 -5M44 48l-7 4" stroke="${dark(hue, 0.6)}" stroke-width="3" opacity=".2"/>`,
    ),
  }),
  belgian: (s, hue) => ({
    thread: dark(hue, 0.45),
    sheen: 1,
    bold: false,
    weave: pattern(s, 160, 1, slubs(s, hue, 160)),
  }),
  mikawa: (s) => ({
    thread: '#F1EADB',
    sheen: 0.7,
    bold: true,
    weave: pattern(
      s,
      30,
      0,
      `<path d="M4 8h11M19 23h11M0 23h1M8 19v-0M23 4v8M8 27v3M8 0v8" stroke="#F1EADB" stroke-width="2.6" stroke-linecap="round" opacity=".72"/>`,
    ),
  }),
  organic: (s, hue) => ({
    thread: dark(hue, 0.35),
    sheen: 1,
    bold: false,
    weave: pattern(
      s,
      120,
      3,
      Array.from(
        { length: 15 },
        (_, n) =>
          `<path d="M0 ${n * 8 + 3}H120" stroke="${dark(hue, 0.5)}" stroke-width="1.6" opacity=".09"/>`,
      ).join('') + flecks(s, ['#8A6F4A', '#A88D63'], 120, 16),
    ),
  }),
  'flax-linen': (s, hue) => ({
    thread: dark(hue, 0.45),
    sheen: 1,
    bold: false,
    weave: pattern(s, 160, 1, slubs(s, hue, 160)),
  }),
  cotton: (s, hue) => ({
    thread: dark(hue, 0.35),
    sheen: 1,
    bold: false,
    weave: pattern(
      s,
      8,
      0,
      `<path d="M1 2l3 4l3 -4" fill="none" stroke="${dark(hue, 0.6)}" stroke-width="1.2" opacity=".16"/>`,
    ),
  }),
  wool: (s, hue) => ({
    thread: light(hue, 0.3),
    sheen: 0.6,
    bold: false,
    weave: pattern(
      s,
      96,
      0,
      Array.from({ length: 64 }, (_, n) => {
        const [x, y] = [(n % 8) * 12, Math.floor(n / 8) * 12]
        return `<path d="M${x + 1} ${y + 1}l5 8l5 -8" fill="none" stroke="${light(hue, 0.55)}" stroke-width="2.6" opacity=".2"/>`
      }).join('') + flecks(s, [light(hue, 0.7), dark(hue, 0.7)], 96, 18),
    ),
  }),
  denim: (s, hue) => ({
    thread: '#D09A4A',
    sheen: 0.7,
    bold: true,
    weave: pattern(
      s,
      9,
      -32,
      `<path d="M0 2.500H9" stroke="${light(hue, 0.75)}" stroke-width="2" opacity=".26"/><path d="M0 6.500H9" stroke="${dark(hue, 0.7)}" stroke-width="2" opacity=".2"/>`,
    ),
  }),
  silk: (s, hue) => ({
    thread: dark(hue, 0.3),
    sheen: 1.9,
    bold: false,
    weave: pattern(s, 7, 0, `<path d="M1 0V7" stroke="#FFFFFF" stroke-width="1" opacity=".1"/>`),
  }),
}

/** A piece cut from the cloth: colour, weave, folds that catch the light, and the shadow it throws. */
function cut(s: Sheet, stuff: Stuff, path: string, folds: readonly string[] = [], shade = 0): string {
  const { hue, sheen } = stuff
  const ground = shade ? dark(hue, shade) : hue
  const clip = s.clip(`<path d="${path}"/>`)
  const fall = s.slant([
    [0, light(ground, 0.24)],
    [0.5, ground],
    [1, dark(ground, 0.2)],
  ])
  const shaded = folds
    .map(
      (fold) =>
        `<path d="${fold}" transform="translate(9 3)" stroke="${dark(ground, 0.75)}" stroke-width="17" opacity=".26" fill="none" ${blur(5)}/><path d="${fold}" transform="translate(-7 -2)" stroke="#FFFFFF" stroke-width="${12 * sheen}" opacity="${(isPale(hue) ? 0.34 : 0.17) * sheen}" fill="none" ${blur(5)}/>`,
    )
    .join('')
  return `${lying(path)}<path d="${path}" fill="${fall}"/><g clip-path="${clip}"><path d="${path}" fill="${stuff.weave}"/>${shaded}</g><path d="${path}" fill="none" stroke="${dark(hue, 0.55)}" stroke-width="1.8" opacity=".5"/>`
}
const sewn = (stuff: Stuff, path: string) =>
  `<path d="${path}" fill="none" stroke="${stuff.thread}" stroke-width="${stuff.bold ? 3 : 2.4}" stroke-dasharray="8 5" opacity="${stuff.bold ? 0.95 : 0.7}"/>`
const line = (stuff: Stuff, path: string, wide = 2.4) =>
  `<path d="${path}" fill="none" stroke="${dark(stuff.hue, 0.65)}" stroke-width="${wide}" opacity=".55"/>`
const button = (x: number, y: number, hue = '#F3ECDD', r = 7) =>
  `<circle cx="${x + 1.5}" cy="${y + 2.5}" r="${r}" fill="#2A211A" opacity=".3"/><circle cx="${x}" cy="${y}" r="${r}" fill="${hue}" stroke="${dark(hue, 0.5)}" stroke-width="1.4"/><circle cx="${x - 2}" cy="${y}" r="1.2" fill="${dark(hue, 0.7)}"/><circle cx="${x + 2}" cy="${y}" r="1.2" fill="${dark(hue, 0.7)}"/>`
/** The little woven label of the brand. */
const tag = (x: number, y: number, wide = 44) =>
  `<rect x="${x - wide / 2}" y="${y}" width="${wide}" height="${wide * 0.5}" rx="2" fill="#FBF6EA" stroke="#B6A789" stroke-width="1"/><path d="M${x - wide * 0.28} ${y + wide * 0.18}h${wide * 0.56}M${x - wide * 0.18} ${y + wide * 0.32}h${wide * 0.36}" stroke="#6A5D48" stroke-width="2"/>`
/** Knitted edges: ribs along a path that is a band. */
function ribbed(s: Sheet, stuff: Stuff, path: string, turn = 0): string {
  const ribs = pattern(
    s,
    11,
    turn,
    `<path d="M3 0V11" stroke="${dark(stuff.hue, 0.7)}" stroke-width="3.4" opacity=".34"/><path d="M8 0V11" stroke="#FFFFFF" stroke-width="2.600" opacity=".2"/>`,
  )
  return `<path d="${path}" fill="${stuff.hue}"/><path d="${path}" fill="${ribs}" stroke="${dark(stuff.hue, 0.55)}" stroke-width="1.6" stroke-opacity=".5"/>`
}
const fringe = (s: Sheet, stuff: Stuff, x: number, y: number, wide: number, long: number) =>
  Array.from(
    { length: Math.floor(wide / 11) },
    (_, n) =>
      `<path d="M${x + n * 11 + 4} ${y}q${s.between(-7, 7).toFixed(1)} ${long / 2} ${s.between(-5, 5).toFixed(1)} ${long + s.between(-6, 6)}" stroke="${dark(stuff.hue, n % 2 ? 0.12 : 0.28)}" stroke-width="4" fill="none" stroke-linecap="round"/>`,
  ).join('')

type Made = (s: Sheet, stuff: Stuff, of: string) => string
const shirt: Made = (s, stuff, of) => {
  const buttons = of === 'denim' ? '#B98A4E' : of === 'wool' ? '#5B4636' : '#F5EFE2'
  const pocket = (x: number, flap: boolean) =>
    `<path d="M${x} 268h72v66l-36 16l-36 -16z" fill="${stuff.hue}" fill-opacity=".35"/>` +
    line(stuff, `M${x} 268h72v66l-36 16l-36 -16z`) +
    sewn(stuff, `M${x + 6} 274h60v56l-30 13l-30 -13z`) +
    (flap ? line(stuff, `M${x} 268v18l36 15l36 -15v-18`, 3) + button(x + 36, 290, buttons, 5.5) : '')
  const hem =
    'M194 150L244 118H396L446 150C456 280 458 400 464 506Q420 556 320 548Q220 556 176 506C182 400 184 280 194 150z'
  return (
    both(
      (x) =>
        cut(
          s,
          stuff,
          `M${x(118)} 146C${x(172)} 164 ${x(204)} 250 ${x(226)} 470L${x(158)} 486C${x(150)} 380 ${x(138)} 320 ${x(118)} 270z`,
          [`M${x(160)} 220Q${x(190)} 330 ${x(186)} 470`],
          0.05,
        ) +
        `<path d="M${x(227)} 470L${x(158)} 486L${x(155)} 446L${x(222)} 430z" fill="${light(stuff.hue, 0.12)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2" stroke-opacity=".6"/>` +
        button(x(172), 464, buttons, 5),
    ) +
    cut(s, stuff, hem, [
      'M218 230Q258 360 226 540',
      'M428 230Q388 360 420 540',
      'M268 250Q296 400 266 548',
      'M384 330Q366 440 386 550',
    ]) +
    line(stuff, 'M298 170V550M342 170V550', 2.6) +
    sewn(stuff, 'M305 186V546M335 186V546') +
    [208, 268, 328, 388, 448, 508].map((y) => button(320, y, buttons)).join('') +
    (of === 'silk'
      ? ''
      : of === 'denim' || of === 'wool'
        ? pocket(214, true) + pocket(356, true)
        : pocket(356, false)) +
    sewn(stuff, 'M184 500Q226 544 320 536Q414 544 456 500') +
    `<path d="M254 122Q320 168 386 122L366 106Q320 128 274 106z" fill="${dark(stuff.hue, 0.42)}"/>${tag(320, 124, 34)}` +
    (of === 'silk' || of === 'flax-linen'
      ? // A band about the neck in the place of a collar.
        `<path d="M252 116Q268 176 318 196L322 172Q286 156 274 104zM388 116Q372 176 322 196L322 172Q354 156 366 104z" fill="${light(stuff.hue, 0.2)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2" stroke-opacity=".7"/>`
      : `<path d="M270 100L240 128L262 212L320 172Q284 144 270 100zM370 100L400 128L378 212L320 172Q356 144 370 100z" fill="${light(stuff.hue, 0.18)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2.2" stroke-opacity=".75"/>` +
        sewn(stuff, 'M251 134L267 198L310 168M389 134L373 198L330 168'))
  )
}
const pullover: Made = (s, stuff, of) => {
  const neck =
    of === 'wool'
      ? ribbed(
          s,
          stuff,
          'M262 148C258 120 262 92 274 78Q320 66 366 78C378 92 382 120 378 148Q320 182 262 148z',
        ) + `<path d="M276 84Q320 102 364 84Q320 72 276 84z" fill="${dark(stuff.hue, 0.5)}"/>`
      : of === 'silk'
        ? `<path d="M216 132Q320 182 424 132Q320 148 216 132z" fill="${dark(stuff.hue, 0.4)}"/>` +
          line(stuff, 'M212 134Q320 194 428 134', 3)
        : `<path d="M262 128Q266 176 320 178Q374 176 378 128Q320 148 262 128z" fill="${dark(stuff.hue, 0.42)}"/>${tag(320, 142, 34)}` +
          `<path d="M252 126Q256 200 320 202Q384 200 388 126L374 124Q370 180 320 182Q270 180 266 124z" fill="${light(stuff.hue, 0.1)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2" stroke-opacity=".6"/>`
  return (
    both(
      (x, side) =>
        cut(
          s,
          stuff,
          `M${x(126)} 142C${x(196)} 160 ${x(222)} 260 ${x(244)} 452L${x(170)} 472C${x(160)} 390 ${x(150)} 330 ${x(126)} 278z`,
          [`M${x(176)} 230Q${x(206)} 330 ${x(206)} 450`],
          0.05,
        ) + ribbed(s, stuff, `M${x(244)} 448L${x(168)} 470L${x(172)} 512L${x(240)} 494z`, side * 12),
    ) +
    cut(
      s,
      stuff,
      'M180 146L256 124Q320 160 384 124L460 146C466 270 464 390 468 494Q320 510 172 494C176 390 174 270 180 146z',
      ['M208 260Q250 370 214 500', 'M438 250Q392 370 428 500', 'M300 300Q340 400 306 502'],
    ) +
    line(stuff, 'M190 150Q218 220 196 300M450 150Q422 220 444 300', 2.6) +
    ribbed(s, stuff, 'M172 490Q320 508 468 490L462 536Q320 554 178 536z') +
    neck
  )
}
const vest: Made = (s, stuff, of) => {
  const buttons = of === 'denim' ? '#C6B48C' : '#5B4636'
  const back = 'M250 108Q320 128 390 108L404 300H236z'
  const half = (x: (by: number) => number) =>
    cut(
      s,
      stuff,
      `M${x(70)} 104L${x(124)} 122Q${x(104)} 206 ${x(150)} 268L${x(162)} 508L${x(96)} 520L${x(3)} 560L${x(3)} 330Q${x(44)} 240 ${x(70)} 104z`,
      [`M${x(120)} 290Q${x(86)} 400 ${x(122)} 520`, `M${x(56)} 330Q${x(30)} 430 ${x(44)} 540`],
    ) +
    sewn(stuff, `M${x(116)} 126Q${x(94)} 212 ${x(140)} 272M${x(14)} 546V334Q${x(54)} 246 ${x(80)} 110`) +
    `<path d="M${x(52)} 430L${x(124)} 418L${x(126)} 438L${x(54)} 450z" fill="${light(stuff.hue, 0.12)}" stroke="${dark(stuff.hue, 0.65)}" stroke-width="2.2"/>`
  return (
    `<path d="${back}" fill="${dark(stuff.hue, 0.45)}"/>${tag(320, 132)}` +
    line(stuff, 'M250 108Q320 128 390 108', 4) +
    both(half) +
    [348, 396, 444, 492].map((y) => button(326, y, buttons, 8)).join('')
  )
}
const trousers: Made = (s, stuff, of) => {
  const leg =
    'M226 86H414C432 210 430 330 404 562L340 566L322 262H318L300 566L236 562C210 330 208 210 226 86z'
  const strings = of === 'flax-linen' || of === 'cotton'
  return (
    cut(s, stuff, leg, [
      'M250 170Q230 330 262 560',
      'M392 170Q412 330 380 560',
      'M290 240Q280 380 288 560',
      'M352 240Q362 380 354 560',
      'M300 180Q330 220 318 270',
    ]) +
    line(stuff, 'M320 120V262', 3) +
    (strings ? '' : sewn(stuff, 'M330 124V200Q330 226 320 236')) +
    sewn(stuff, 'M238 132Q244 186 216 208M402 132Q396 186 424 208') +
    line(stuff, 'M232 130Q238 180 214 200M408 130Q402 180 426 200', 3) +
    `<path d="M226 84Q320 94 414 84L418 124Q320 134 222 124z" fill="${light(stuff.hue, 0.08)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2.200" stroke-opacity=".7"/>` +
    (strings
      ? `<path d="M314 108q-20 40 -6 74M326 108q24 34 12 82" fill="none" stroke="${isPale(stuff.hue) ? '#F7F1E4' : stuff.thread}" stroke-width="6" stroke-linecap="round"/><path d="M314 108q-20 40 -6 74M326 108q24 34 12 82" fill="none" stroke="${dark(stuff.hue, 0.5)}" stroke-width="1.4" opacity=".6" transform="translate(3 2)"/>` +
        Array.from({ length: 14 }, (_, n) => line(stuff, `M${232 + n * 13} 88v34`, 1.6)).join('')
      : [248, 290, 350, 392]
          .map(
            (x) =>
              `<path d="M${x - 5} 80h10v50h-10z" fill="${light(stuff.hue, 0.14)}" stroke="${dark(stuff.hue, 0.65)}" stroke-width="1.6"/>`,
          )
          .join('') + button(320, 106, of === 'denim' ? '#B98A4E' : '#5B4636', 8)) +
    sewn(stuff, 'M238 540L300 546M340 546L402 540') +
    tag(386, 138, 30)
  )
}
const skirt: Made = (s, stuff, of) => {
  const pleats = of === 'wool' || of === 'silk' ? 9 : 6
  const folds = Array.from({ length: pleats }, (_, n) => {
    const at = (n + 0.5) / pleats
    return `M${250 + at * 140} 130Q${225 + at * 190} 330 ${166 + at * 308} 548`
  })
  const hem = Array.from({ length: pleats }, () => `q${154 / pleats} 16 ${308 / pleats} 0`).join('')
  return (
    cut(
      s,
      stuff,
      `M244 112H396C412 260 446 420 474 540L166 540C194 420 228 260 244 112zM166 540${hem}z`,
      folds,
    ) +
    folds.map((fold) => line(stuff, fold, 1.8)).join('') +
    ribbed(s, stuff, 'M244 84Q320 92 396 84L398 122Q320 130 242 122z') +
    (stuff.bold
      ? sewn(stuff, 'M176 516Q320 532 464 516') +
        [200, 262, 324].map((y) => button(320, y, '#B98A4E', 6)).join('')
      : '') +
    (of === 'flax-linen' ? line(stuff, 'M262 180q-22 40 -30 84M378 180q22 40 30 84', 3) : '') +
    tag(358, 92, 30)
  )
}
const scarf: Made = (s, stuff) =>
  fringe(s, stuff, 212, 520, 112, 44) +
  cut(
    s,
    stuff,
    'M252 150C236 260 224 400 210 524H322C330 400 336 300 348 190z',
    ['M282 200Q262 360 262 524', 'M314 220Q300 360 296 520'],
    0.06,
  ) +
  fringe(s, stuff, 344, 474, 112, 44) +
  cut(s, stuff, 'M300 190C320 300 334 380 342 478H456C446 350 420 260 396 160z', [
    'M340 220Q372 340 380 474',
    'M380 210Q410 340 424 474',
  ]) +
  cut(
    s,
    stuff,
    'M226 176C206 96 268 60 326 62C392 60 446 98 420 178C404 226 350 216 318 216C282 216 242 226 226 176z',
    ['M240 172Q280 96 330 100Q380 96 410 164', 'M262 196Q300 140 340 142Q370 144 396 184'],
  ) +
  `<path d="M266 150Q280 108 326 108Q370 108 380 148Q350 128 324 128Q292 128 266 150z" fill="${dark(stuff.hue, 0.5)}" opacity=".85"/>` +
  (stuff.bold
    ? sewn(stuff, 'M350 452H446M222 498H312')
    : line(stuff, 'M346 440H450M348 456H452M218 486H320', 4)) +
  tag(410, 400, 34)

const handkerchief: Made = (s, stuff) =>
  rotate(
    -9,
    cut(s, stuff, 'M136 150H496V504H136z', ['M316 152V504', 'M138 330H494']) +
      sewn(stuff, 'M152 166H480V488H152z') +
      // A corner is turned back.
      `<path d="M496 344V504H336z" fill="${dark('#D8D0C0', 0.05)}"/><path d="M336 504L496 344L362 378z" fill="${light(stuff.hue, 0.3)}" stroke="${dark(stuff.hue, 0.6)}" stroke-width="2" stroke-opacity=".6"/><path d="M336 504L362 378L372 388L352 500z" fill="${dark(stuff.hue, 0.5)}" opacity=".25" ${blur(5)}/>` +
      tag(188, 452, 40),
  )
const dishcloth: Made = (s, stuff) =>
  `<path d="M312 62a9 9 0 1 1 16 0l4 26h-24z" fill="#8A6748"/><path d="M320 84q-16 26 0 44q16 -18 0 -44" fill="none" stroke="${stuff.thread}" stroke-width="5"/>` +
  cut(
    s,
    stuff,
    'M320 120C366 150 410 160 446 170C438 300 450 430 440 556Q320 574 200 556C190 430 202 300 194 170C230 160 274 150 320 120z',
    ['M320 130Q270 330 258 560', 'M324 130Q332 340 322 560', 'M330 130Q390 330 388 558'],
  ) +
  [468, 486, 522]
    .map(
      (y, n) =>
        `<path d="M197 ${y}Q320 ${y + 18} 443 ${y}" fill="none" stroke="${isPale(stuff.hue) ? '#A5412F' : '#F4EDDE'}" stroke-width="${n === 2 ? 12 : 6}" opacity=".7"/>`,
    )
    .join('') +
  tag(400, 196, 34)
const rail = `<path d="M76 132H564" stroke="#4A3B2A" stroke-width="16" opacity=".24" transform="translate(8 14)" ${blur(5)}/><path d="M76 128H564" stroke="#8A6748" stroke-width="17" stroke-linecap="round"/><path d="M80 124H560" stroke="#B99670" stroke-width="5" stroke-linecap="round"/>`
const handTowel: Made = (s, stuff) =>
  cut(s, stuff, 'M214 124H428V420H214z', [], 0.22) +
  rail +
  cut(s, stuff, 'M198 120Q318 108 438 120C444 260 434 400 442 536Q320 548 196 536C204 400 192 260 198 120z', [
    'M240 130Q260 330 236 540',
    'M320 130Q304 330 322 540',
    'M402 130Q384 330 406 540',
  ]) +
  `<path d="M197 452Q320 464 441 452V488Q320 500 197 488z" fill="${dark(stuff.hue, 0.22)}" opacity=".6"/>` +
  sewn(stuff, 'M198 446Q320 458 440 446M198 494Q320 506 440 494') +
  fringe(s, stuff, 198, 534, 244, 20)
/** From the middle outwards, four times about. */
const spiral = (x: number, y: number, r: number) =>
  Array.from({ length: 97 }, (_, n) => {
    const [turn, out] = [(n / 24) * Math.PI * 2, 4 + (r - 4) * (n / 96)]
    return `${n ? 'L' : 'M'}${(x + Math.cos(turn) * out).toFixed(1)} ${(y + Math.sin(turn) * out).toFixed(1)}`
  }).join('')
const bathSheet: Made = (s, stuff) => {
  const roll = (x: number, y: number, r: number) =>
    cut(s, stuff, `M${x} ${y - r}H${x + 320}Q${x + 366} ${y} ${x + 320} ${y + r}H${x}z`, [
      `M${x + 40} ${y - r * 0.4}H${x + 340}`,
      `M${x + 40} ${y + r * 0.62}H${x + 330}`,
    ]) +
    `<circle cx="${x}" cy="${y}" r="${r}" fill="${light(stuff.hue, 0.16)}" stroke="${dark(stuff.hue, 0.5)}" stroke-width="2"/>` +
    `<path d="${spiral(x, y, r * 0.9)}" fill="none" stroke="${dark(stuff.hue, 0.6)}" stroke-width="5" opacity=".45"/><path d="${spiral(x, y, r * 0.9)}" transform="translate(-3 -3)" fill="none" stroke="#FFFFFF" stroke-width="3" opacity=".35"/>`
  return `${shadow(320, 522, 236, 22)}${roll(176, 436, 88)}${roll(196, 262, 84)}` + tag(420, 476, 46)
}
const runner: Made = (s, stuff) =>
  `<path d="M40 268H600L640 430H0z" fill="#B08D64"/><path d="M0 430H640V452H0z" fill="#7E6143"/><path d="M40 310H612M22 356H622M12 396H630" stroke="#8F6F4A" stroke-width="2" opacity=".5"/><path d="M60 452H92V580H60zM548 452H580V580H548z" fill="#8A6A49"/>` +
  cut(s, stuff, 'M262 264H378L420 432H220z', ['M300 268L286 430']) +
  cut(
    s,
    stuff,
    'M220 430H420C424 480 418 520 422 560Q320 570 218 560C222 520 216 480 220 430z',
    ['M262 436V560', 'M330 436V560', 'M390 436V560'],
    0.1,
  ) +
  sewn(stuff, 'M228 540Q320 550 412 540M232 424L270 270M408 424L370 270') +
  fringe(s, stuff, 222, 558, 198, 24) +
  `<ellipse cx="320" cy="330" rx="58" ry="18" fill="#2A211A" opacity=".3" ${blur(5)}/><path d="M278 262H362Q370 320 340 334H300Q270 320 278 262z" fill="#EFE9DC" stroke="#B3A68C" stroke-width="1.6"/><ellipse cx="320" cy="262" rx="42" ry="11" fill="#C9BFAA"/><path d="M318 260Q300 190 272 168M322 260Q330 180 366 142M320 258Q322 200 316 150" stroke="#5E7A45" stroke-width="4" fill="none"/><g fill="#6F8B52"><ellipse cx="268" cy="164" rx="16" ry="8" transform="rotate(40 268 164)"/><ellipse cx="370" cy="138" rx="17" ry="8" transform="rotate(-50 370 138)"/><ellipse cx="315" cy="144" rx="8" ry="17"/></g>`
const throwOver: Made = (s, stuff) =>
  `${shadow(330, 560, 220, 22)}<path d="M150 130H500Q520 130 520 152V330H130V152Q130 130 150 130z" fill="#CFC3AE"/><path d="M104 300H546Q566 300 566 322V520H84V322Q84 300 104 300z" fill="#C2B49B"/><path d="M130 300H520V420H130z" fill="#DAD0BD"/><path d="M96 520h26v40H96zM528 520h26v40h-26z" fill="#7E6143"/>` +
  fringe(s, stuff, 196, 500, 250, 40) +
  cut(
    s,
    stuff,
    'M216 112Q320 96 428 118C436 240 420 300 436 380C446 440 444 470 450 506Q320 524 190 506C200 440 214 400 210 320C206 240 210 170 216 112z',
    [
      'M250 120Q270 260 240 340Q228 420 236 510',
      'M322 112Q308 280 330 380Q334 440 322 516',
      'M396 120Q380 270 398 360Q408 440 402 510',
      'M214 320Q320 350 432 320',
    ],
  ) +
  [404, 430, 456]
    .map(
      (y) =>
        `<path d="M201 ${y}Q320 ${y + 16} 442 ${y}" fill="none" stroke="${stuff.thread}" stroke-width="7" opacity=".5"/>`,
    )
    .join('') +
  tag(404, 462, 38)
const pillowcase: Made = (s, stuff) =>
  `${shadow(320, 486, 240, 34)}` +
  cut(
    s,
    stuff,
    'M92 186Q200 204 320 190Q440 204 548 186Q528 320 552 476Q440 456 320 474Q200 456 88 476Q112 320 92 186z',
    [
      'M110 206Q180 270 160 330',
      'M530 206Q466 270 486 330',
      'M110 456Q190 400 180 350',
      'M530 456Q460 400 470 360',
      'M250 300Q320 340 400 304',
    ],
  ) +
  `<ellipse cx="300" cy="290" rx="150" ry="60" fill="#FFFFFF" opacity="${isPale(stuff.hue) ? 0.35 : 0.13}" ${blur(14)}/>` +
  line(stuff, 'M462 194Q446 320 464 464', 3) +
  sewn(stuff, 'M474 194Q458 320 476 464M106 200Q124 320 102 462') +
  tag(512, 420, 36)

const made: Record<string, Made> = {
  shirt,
  pullover,
  vest,
  trousers,
  skirt,
  scarf,
  handkerchief,
  dishcloth,
  'hand-towel': handTowel,
  'bath-sheet': bathSheet,
  runner,
  throw: throwOver,
  pillowcase,
}

/** What a thing of this material and form looks like. */
export function clothOf(s: Sheet, material: string, form: string, hue: string): string {
  const [weave, draw] = [weaves[material], made[form]]
  if (!weave || !draw) throw new Error(`nothing is drawn for ${material}-${form}`)
  return draw(s, { hue, ...weave(s, hue) }, material)
}
