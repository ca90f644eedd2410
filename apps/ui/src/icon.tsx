const paths = {
  check: 'm4 12.5 5 5L20 6.5',
  minus: 'M5 12h14',
  plus: 'M12 5v14M5 12h14',
  close: 'm6 6 12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  up: 'm6 15 6-6 6 6',
  left: 'm15 6-6 6 6 6',
  right: 'm9 6 6 6-6 6',
  more: 'M5 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM19 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  search: 'M16.5 16.5 21 21M10.5 18a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Z',
  info: 'M12 11v6M12 7.5h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  ok: 'm8 12.5 3 3 5.5-6M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  warn: 'M12 9.5v4.5M12 17.5h.01M12 3.5 22 20.5H2Z',
  error: 'M12 7.5v5.5M12 16.5h.01M8.3 2.8h7.4l5.5 5.5v7.4l-5.5 5.5H8.3l-5.5-5.5V8.3Z',
  neutral: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  empty: 'M3 13.5 6 5h12l3 8.5V19H3ZM3 13.5h5.5l1.5 2.5h4l1.5-2.5H21',
  offline:
    'M2 2l20 20M8.5 16.5a5 5 0 0 1 7 0M5 12.8a10 10 0 0 1 5-2.7M19 12.8a10 10 0 0 0-2-1.5M2 8.8A15 15 0 0 1 6 6.2M22 8.8A15 15 0 0 0 11 5M12 20h.01',
  clock: 'M12 7v5.5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  copy: 'M9 9h11v11H9ZM5 15H4V4h11v1',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20.5 14.5A8.5 8.5 0 1 1 9.5 3.5a7 7 0 0 0 11 11Z',
  half: 'M12 3v18M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 8l7-2M12 12h9M12 16l7 2',
  undo: 'M4 9h10a5.5 5.5 0 0 1 0 11H9M4 9l4.5-4.5M4 9l4.5 4.5',
  keyboard: 'M2.5 6h19v12h-19ZM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10',
} as const

export type IconName = keyof typeof paths

/** Always beside words, or inside a control that has a name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="ui-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
