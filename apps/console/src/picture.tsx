const ours = /^[0-9a-f]{64}\./

/** A small picture beside a name; a pale square where there is none. `narrow` says that the file has none smaller. */
export function Picture({
  file,
  alt = '',
  large = false,
  narrow = false,
}: {
  file: string | null
  alt?: string
  large?: boolean
  narrow?: boolean
}) {
  const side = large ? 160 : 40
  if (file === null) return <span className={large ? 'picture large' : 'picture'} />
  const small = ours.test(file) && !narrow ? `${file.slice(0, 64)}-480.webp` : file
  return (
    <img
      className={large ? 'picture large' : 'picture'}
      src={`/pictures/${small}`}
      alt={alt}
      width={side}
      height={side}
      loading="lazy"
      draggable={false}
      // One narrower than 480 has no smaller one.
      onError={(event) => {
        const whole = `/pictures/${file}`
        if (!event.currentTarget.src.endsWith(whole)) event.currentTarget.src = whole
      }}
    />
  )
}
